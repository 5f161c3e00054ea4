#include "run_gate.h"

#include <utility>

#include "clock.h"

namespace million_packets {

void RunGate::open(int64_t duration_ns) {
  std::lock_guard<std::mutex> lock(mutex_);
  if (opened_) return;
  opened_ = true;
  start_ns_ = monotonic_ns();
  deadline_ns_ = start_ns_ + duration_ns;
  changed_.notify_all();
}

void RunGate::stop() {
  std::lock_guard<std::mutex> lock(mutex_);
  stopped_.store(true, std::memory_order_relaxed);
  if (on_stop_) on_stop_();
  changed_.notify_all();
}

void RunGate::on_stop(std::function<void()> action) {
  std::lock_guard<std::mutex> lock(mutex_);
  on_stop_ = std::move(action);
  if (on_stop_ && stopped()) on_stop_();
}

bool RunGate::wait() {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, [this] { return opened_ || stopped(); });
  return !stopped();
}

}  // namespace million_packets
