#pragma once
#include <netinet/in.h>

#include <cstdint>
#include <string>

namespace million_packets {

/** What SO_MEMINFO says of a socket. */
struct SocketMemory {
  uint32_t queued_bytes;
  uint32_t buffer_bytes;
  uint32_t dropped;
};

/** An IPv4 UDP socket that closes itself. Every method throws SystemFailure when its system call fails. */
class UdpSocket {
 public:
  UdpSocket();
  ~UdpSocket();
  UdpSocket(UdpSocket&& other) noexcept;
  UdpSocket(const UdpSocket&) = delete;
  UdpSocket& operator=(const UdpSocket&) = delete;

  void set_option(int level, int option, int value, const char* name);

  /** Calls that block give up after this long, so that a thread can look at the clock. */
  void set_timeout(int option, int milliseconds, const char* name);

  /** Makes the kernel's sk_rcvbuf exactly this many bytes; EPERM when net.core.rmem_max is in the way. */
  void set_receive_buffer(int bytes);

  void bind(const std::string& address, int port);
  void connect(const std::string& address, int port);
  SocketMemory memory() const;
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

}  // namespace million_packets
