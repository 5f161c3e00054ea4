#include "pacer.h"

#include <algorithm>
#include <utility>

#include "clock.h"

namespace million_packets {
namespace {

constexpr int64_t kSleepThresholdNs = 100'000;
/** The kernel may wake a sleeper this late; the rest is spun away. */
constexpr int64_t kWakeUpNs = 60'000;
/** Longest sleep, so that stop() is noticed. */
constexpr int64_t kLongestSleepNs = 20'000'000;

void sleep_until(int64_t wake_ns) {
  const timespec time{static_cast<time_t>(wake_ns / 1'000'000'000), static_cast<long>(wake_ns % 1'000'000'000)};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nullptr);
}

}  // namespace

Pacer::Pacer(Schedule schedule)
    : schedule_(std::move(schedule)), intended_ns_(0), scheduled_ns_(schedule_.next_ns()), earliest_ns_(scheduled_ns_) {}

bool Pacer::wait(const RunGate& gate, ThreadCounters& counters) {
  // After a stall the lost time is made up at twice the pace: back to back, the batches would be one big burst.
  const int64_t due_ns = std::max(scheduled_ns_, earliest_ns_);
  int64_t now_ns = monotonic_ns();
  while (now_ns < due_ns) {
    if (gate.stopped() || now_ns >= gate.deadline_ns()) return false;
    const int64_t target_ns = std::min(due_ns, gate.deadline_ns());
    if (target_ns - now_ns > kSleepThresholdNs) sleep_until(std::min(target_ns - kWakeUpNs, now_ns + kLongestSleepNs));
    now_ns = monotonic_ns();
  }
  if (gate.stopped() || now_ns >= gate.deadline_ns()) return false;
  counters.lateness_ns.raise_to(now_ns - scheduled_ns_);
  intended_ns_ = scheduled_ns_;
  scheduled_ns_ = schedule_.next_ns();
  earliest_ns_ = now_ns + (scheduled_ns_ - intended_ns_) / 2;
  return true;
}

}  // namespace million_packets
