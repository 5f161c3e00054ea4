#pragma once
#include <bitset>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "latency_histogram.h"
#include "packet_reader.h"
#include "payload_stamp.h"

namespace million_packets {

/** What the sequence numbers of all flows say. */
struct SequenceVerdict {
  uint64_t received = 0;
  /** Numbers below a flow's highest that never came. What was lost behind its highest cannot be seen. */
  uint64_t missing = 0;
  uint64_t duplicated = 0;
  /** Came after a higher number of the same flow (RFC 4737, section 3.3). */
  uint64_t reordered = 0;
  /** Payloads too short for a stamp. */
  uint64_t unstamped = 0;
};

/** Follows the sequence numbers of every flow, whichever threads read it. */
class SequenceTracker {
 public:
  /** Takes the payloads of one read that ended at `arrival_ns`, and counts their latencies. */
  void observe(const std::vector<Payload>& payloads, int64_t arrival_ns, LatencyHistogram& latencies);

  SequenceVerdict verdict() const;

 private:
  /** How far behind the highest number a duplicate is still known as one. */
  static constexpr uint64_t kWindow = 1 << 16;

  struct Flow {
    uint64_t received = 0;
    uint64_t duplicated = 0;
    uint64_t reordered = 0;
    /** One more than the highest number; 0 before the first. */
    uint64_t next = 0;
    /** Which of the newest numbers have come. */
    std::bitset<kWindow> seen;

    void observe(uint64_t sequence);
  };

  mutable std::mutex mutex_;
  std::unordered_map<uint16_t, Flow> flows_;
  uint64_t unstamped_ = 0;
};

}  // namespace million_packets
