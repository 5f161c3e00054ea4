#pragma once
#include <sys/socket.h>

#include <cstddef>
#include <vector>

namespace million_packets {

/** The messages of one sendmmsg or recvmmsg call: no address, one buffer each, and room for control data when asked. */
class MessageBatch {
 public:
  /** `stride_bytes` lie between the buffers of two messages; with 0 all messages share one buffer. */
  MessageBatch(size_t packets, size_t length_bytes, size_t stride_bytes, size_t control_bytes = 0)
      // Written once here, so that no page is first touched while packets are counted.
      : buffer_(stride_bytes * (packets - 1) + length_bytes + 1, 0),
        control_(control_bytes * packets),
        control_bytes_(control_bytes),
        vectors_(packets),
        messages_(packets) {
    for (size_t index = 0; index < packets; index++) {
      vectors_[index] = {buffer_.data() + index * stride_bytes, length_bytes};
      messages_[index].msg_hdr.msg_iov = &vectors_[index];
      messages_[index].msg_hdr.msg_iovlen = 1;
      if (control_bytes > 0) messages_[index].msg_hdr.msg_control = control_.data() + index * control_bytes;
    }
    offer_control();
  }

  /** Offers the whole room for control data again: a receive shortens it to what it wrote. */
  void offer_control() {
    for (mmsghdr& message : messages_) message.msg_hdr.msg_controllen = control_bytes_;
  }

  mmsghdr* messages() { return messages_.data(); }
  char* buffer(size_t index) { return static_cast<char*>(vectors_[index].iov_base); }
  unsigned packets() const { return static_cast<unsigned>(messages_.size()); }

 private:
  std::vector<char> buffer_;
  std::vector<char> control_;
  size_t control_bytes_;
  std::vector<iovec> vectors_;
  std::vector<mmsghdr> messages_;
};

}  // namespace million_packets
