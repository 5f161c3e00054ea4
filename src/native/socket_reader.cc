#include "socket_reader.h"

#include <netinet/in.h>
#include <netinet/udp.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace million_packets {
namespace {

/** The article's buffers: 2048 bytes less two cache lines. */
constexpr int kSmallestStrideBytes = 1920;
/** The longest that generic receive offload glues together. */
constexpr int kGroBytes = 65'536;
constexpr size_t kControlBytes = CMSG_SPACE(sizeof(int));

size_t stride_bytes(const SocketReaderConfig& config) {
  return config.gro ? kGroBytes : std::max(kSmallestStrideBytes, config.payload_bytes);
}

/** Bytes of each datagram of a buffer that GRO glued together; 0 when it is a single one. */
size_t segment_bytes(msghdr& header) {
  for (cmsghdr* control = CMSG_FIRSTHDR(&header); control; control = CMSG_NXTHDR(&header, control)) {
    if (control->cmsg_level != SOL_UDP || control->cmsg_type != UDP_GRO) continue;
    int bytes;
    std::memcpy(&bytes, CMSG_DATA(control), sizeof bytes);
    return bytes;
  }
  return 0;
}

}  // namespace

SocketReader::SocketReader(int descriptor, const SocketReaderConfig& config)
    : descriptor_(descriptor),
      config_(config),
      messages_(config.batch_packets, stride_bytes(config), stride_bytes(config), config.gro ? kControlBytes : 0) {}

void SocketReader::read(ReadBatch& batch) {
  const int messages = receive();
  batch.failed = messages < 0 && errno != EAGAIN && errno != EINTR;
  batch.messages = std::max(messages, 0);
  batch.drained = batch.messages < messages_.packets();
  batch.datagrams = batch.bytes = 0;
  batch.payloads.clear();
  for (unsigned message = 0; message < batch.messages; message++) count(message, batch);
}

int SocketReader::receive() {
  mmsghdr* messages = messages_.messages();
  if (config_.singly) {
    const ssize_t bytes = recv(descriptor_, messages_.buffer(0), messages->msg_hdr.msg_iov->iov_len, config_.spins ? MSG_DONTWAIT : 0);
    if (bytes < 0) return -1;
    messages->msg_len = static_cast<unsigned>(bytes);
    return 1;
  }
  if (config_.gro) messages_.offer_control();
  return recvmmsg(descriptor_, messages, messages_.packets(), config_.spins ? MSG_DONTWAIT : MSG_WAITFORONE, nullptr);
}

void SocketReader::count(unsigned message, ReadBatch& batch) {
  mmsghdr& received = messages_.messages()[message];
  const size_t bytes = received.msg_len;
  const size_t glued = config_.gro ? segment_bytes(received.msg_hdr) : 0;
  const size_t segment = glued > 0 ? glued : bytes;
  batch.bytes += bytes;
  batch.datagrams += glued > 0 ? (bytes + glued - 1) / glued : 1;
  if (!config_.keeps_payloads) return;
  const char* data = messages_.buffer(message);
  size_t offset = 0;
  do {
    batch.payloads.push_back({data + offset, std::min(segment, bytes - offset)});
    offset += segment;
  } while (offset < bytes);
}

}  // namespace million_packets
