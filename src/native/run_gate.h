#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>

namespace million_packets {

/** Where threads wait for a common start, and where they look whether to end. */
class RunGate {
 public:
  /** Lets the threads go until `duration_ns` from now. Only the first call counts. */
  void open(int64_t duration_ns);

  /** Tells the threads to end, also those that still wait. */
  void stop();

  /** Waits until open() or stop(); false when there is nothing to run. */
  bool wait();

  /** What stop() does besides, for a thread that is in the kernel and does not look; at once when stop() was before. Null for nothing. */
  void on_stop(std::function<void()> action);

  bool stopped() const { return stopped_.load(std::memory_order_relaxed); }
  int64_t start_ns() const { return start_ns_; }
  int64_t deadline_ns() const { return deadline_ns_; }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::atomic<bool> stopped_{false};
  std::function<void()> on_stop_;
  bool opened_ = false;
  int64_t start_ns_ = 0;
  int64_t deadline_ns_ = 0;
};

}  // namespace million_packets
