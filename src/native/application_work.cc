#include "application_work.h"

#include <algorithm>

#include "clock.h"

namespace million_packets {
namespace {

/** A longer step between two looks at the clock was an interrupt or another thread, not work of ours. */
constexpr int64_t kLongestStepNs = 500;

}  // namespace

void burn(double duration_ns, const RunGate& gate) {
  int64_t left_ns = static_cast<int64_t>(duration_ns);
  int64_t last_ns = monotonic_ns();
  while (left_ns > 0 && last_ns < gate.deadline_ns() && !gate.stopped()) {
    const int64_t now_ns = monotonic_ns();
    left_ns -= std::min(now_ns - last_ns, kLongestStepNs);
    last_ns = now_ns;
  }
}

}  // namespace million_packets
