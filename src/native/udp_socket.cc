#include "udp_socket.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "system_failure.h"

namespace million_packets {
namespace {

// linux/socket.h: SO_MEMINFO fills an array in the order of linux/sock_diag.h.
constexpr int kMemoryOption = 55;
constexpr int kReceiveAllocated = 0, kReceiveBuffer = 1, kDrops = 8, kMemoryFields = 9;

sockaddr_in socket_address(const std::string& address, int port) {
  sockaddr_in result{};
  result.sin_family = AF_INET;
  result.sin_port = htons(static_cast<uint16_t>(port));
  if (inet_pton(AF_INET, address.c_str(), &result.sin_addr) != 1) throw SystemFailure{"inet_pton", EINVAL, address};
  return result;
}

std::string endpoint(const std::string& address, int port) { return address + ":" + std::to_string(port); }

}  // namespace

UdpSocket::UdpSocket() : descriptor_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  if (descriptor_ < 0) throw SystemFailure{"socket", errno, ""};
}

UdpSocket::UdpSocket(UdpSocket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

UdpSocket::~UdpSocket() {
  if (descriptor_ >= 0) close(descriptor_);
}

void UdpSocket::set_option(int level, int option, int value, const char* name) {
  if (setsockopt(descriptor_, level, option, &value, sizeof value) != 0) throw SystemFailure{"setsockopt", errno, name};
}

void UdpSocket::set_timeout(int option, int milliseconds, const char* name) {
  const timeval timeout{milliseconds / 1000, (milliseconds % 1000) * 1000};
  if (setsockopt(descriptor_, SOL_SOCKET, option, &timeout, sizeof timeout) != 0) throw SystemFailure{"setsockopt", errno, name};
}

void UdpSocket::set_receive_buffer(int bytes) {
  // The kernel doubles what it is asked for.
  const int request = bytes / 2;
  if (setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUFFORCE, &request, sizeof request) != 0) {
    set_option(SOL_SOCKET, SO_RCVBUF, request, "SO_RCVBUF");
  }
  int granted = 0;
  socklen_t length = sizeof granted;
  if (getsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &granted, &length) != 0) throw SystemFailure{"getsockopt", errno, "SO_RCVBUF"};
  if (granted != request * 2) {
    throw SystemFailure{"setsockopt", EPERM, "SO_RCVBUF: asked for " + std::to_string(bytes) + " bytes, got " + std::to_string(granted)};
  }
}

void UdpSocket::bind(const std::string& address, int port) {
  const sockaddr_in local = socket_address(address, port);
  if (::bind(descriptor_, reinterpret_cast<const sockaddr*>(&local), sizeof local) != 0) {
    throw SystemFailure{"bind", errno, endpoint(address, port)};
  }
}

void UdpSocket::connect(const std::string& address, int port) {
  const sockaddr_in peer = socket_address(address, port);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&peer), sizeof peer) != 0) {
    throw SystemFailure{"connect", errno, endpoint(address, port)};
  }
}

SocketMemory UdpSocket::memory() const {
  uint32_t fields[kMemoryFields] = {};
  socklen_t length = sizeof fields;
  if (getsockopt(descriptor_, SOL_SOCKET, kMemoryOption, fields, &length) != 0) throw SystemFailure{"getsockopt", errno, "SO_MEMINFO"};
  return {fields[kReceiveAllocated], fields[kReceiveBuffer], fields[kDrops]};
}

}  // namespace million_packets
