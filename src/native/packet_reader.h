#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace million_packets {

/** One payload in the memory of a reader. */
struct Payload {
  const char* data;
  size_t bytes;
};

/** What one call to the kernel brought. */
struct ReadBatch {
  /** Buffers that the kernel filled; with GRO one may hold several datagrams. */
  unsigned messages = 0;
  uint64_t datagrams = 0;
  uint64_t bytes = 0;
  bool failed = false;
  /** Whether nothing was left in the socket's queue when the call ended; false where the reader cannot tell. */
  bool drained = false;
  /** Every datagram's payload, until the next read; only for readers that were asked to keep them. */
  std::vector<Payload> payloads;
};

/** One way of taking packets from the kernel, used by one thread. */
class PacketReader {
 public:
  virtual ~PacketReader() = default;

  /** Takes what has come. A reader that blocks gives up after 50 ms with nothing, so that its thread can look at the clock. */
  virtual void read(ReadBatch& batch) = 0;
};

}  // namespace million_packets
