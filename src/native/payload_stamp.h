#pragma once
#include <cstdint>
#include <cstring>

namespace million_packets {

/**
 * The first 16 bytes of a sequenced payload, in the byte order of the machine: 16 bits of flow and 48 of sequence number within
 * the flow, then the nanosecond of CLOCK_MONOTONIC at which the datagram was meant to be sent.
 */
struct PayloadStamp {
  uint64_t flow_and_sequence;
  int64_t sent_ns;

  static constexpr int kSequenceBits = 48;

  static PayloadStamp of(uint16_t flow, uint64_t sequence, int64_t sent_ns) {
    return {static_cast<uint64_t>(flow) << kSequenceBits | sequence, sent_ns};
  }

  static PayloadStamp read(const char* payload) {
    PayloadStamp stamp;
    std::memcpy(&stamp, payload, sizeof stamp);
    return stamp;
  }

  void write(char* payload) const { std::memcpy(payload, this, sizeof *this); }

  uint16_t flow() const { return static_cast<uint16_t>(flow_and_sequence >> kSequenceBits); }
  uint64_t sequence() const { return flow_and_sequence & ((uint64_t{1} << kSequenceBits) - 1); }
};

}  // namespace million_packets
