#pragma once
#include <sys/socket.h>

#include <cstddef>
#include <vector>

namespace million_packets {

/** The messages of one sendmmsg or recvmmsg call: no address, no control data, one buffer each. */
class MessageBatch {
 public:
  /** `stride_bytes` lie between the buffers of two messages; with 0 all messages share one buffer. */
  MessageBatch(size_t packets, size_t length_bytes, size_t stride_bytes)
      // Written once here, so that no page is first touched while packets are counted.
      : buffer_(stride_bytes * (packets - 1) + length_bytes + 1, 0), vectors_(packets), messages_(packets) {
    for (size_t index = 0; index < packets; index++) {
      vectors_[index] = {buffer_.data() + index * stride_bytes, length_bytes};
      messages_[index].msg_hdr.msg_iov = &vectors_[index];
      messages_[index].msg_hdr.msg_iovlen = 1;
    }
  }

  mmsghdr* messages() { return messages_.data(); }
  unsigned packets() const { return static_cast<unsigned>(messages_.size()); }

 private:
  std::vector<char> buffer_;
  std::vector<iovec> vectors_;
  std::vector<mmsghdr> messages_;
};

}  // namespace million_packets
