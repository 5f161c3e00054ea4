#include "sequence_tracker.h"

namespace million_packets {

void SequenceTracker::observe(const std::vector<Payload>& payloads, int64_t arrival_ns, LatencyHistogram& latencies) {
  // Once for the whole batch, so that threads that share flows rarely meet here.
  std::lock_guard<std::mutex> lock(mutex_);
  for (const Payload& payload : payloads) {
    if (payload.bytes < sizeof(PayloadStamp)) {
      unstamped_++;
      continue;
    }
    const PayloadStamp stamp = PayloadStamp::read(payload.data);
    flows_[stamp.flow()].observe(stamp.sequence());
    latencies.count(arrival_ns - stamp.sent_ns);
  }
}

void SequenceTracker::Flow::observe(uint64_t sequence) {
  received++;
  if (sequence >= next) {
    const uint64_t first_new = sequence - next >= kWindow ? sequence - kWindow + 1 : next;
    for (uint64_t number = first_new; number < sequence; number++) seen.reset(number % kWindow);
    next = sequence + 1;
  } else if (next - sequence > kWindow) {
    reordered++;
    return;
  } else if (seen.test(sequence % kWindow)) {
    duplicated++;
    return;
  } else {
    reordered++;
  }
  seen.set(sequence % kWindow);
}

SequenceVerdict SequenceTracker::verdict() const {
  std::lock_guard<std::mutex> lock(mutex_);
  SequenceVerdict total;
  total.unstamped = unstamped_;
  for (const auto& [number, flow] : flows_) {
    total.received += flow.received;
    total.duplicated += flow.duplicated;
    total.reordered += flow.reordered;
    const uint64_t different = flow.received - flow.duplicated;
    // Duplicates from beyond the window count as different ones.
    if (flow.next > different) total.missing += flow.next - different;
  }
  return total;
}

}  // namespace million_packets
