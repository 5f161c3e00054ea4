#pragma once
#include <pthread.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>

#include "context_switches.h"
#include "thread_counters.h"

namespace million_packets {

/** A thread, the CPU it is bound to, and its counters. */
class CountingThread {
 public:
  /** Starts `body` on `cpu`, or wherever the scheduler likes. Throws SystemFailure for a CPU that is not there. */
  CountingThread(std::optional<int> cpu, std::function<void(ThreadCounters&)> body);
  ~CountingThread() { join(); }
  CountingThread(const CountingThread&) = delete;
  CountingThread& operator=(const CountingThread&) = delete;

  /** Waits for the end of `body`. */
  void join();

  bool finished() const { return final_cpu_ns_.load(std::memory_order_acquire) >= 0; }
  const ThreadCounters& counters() const { return counters_; }

  /** CPU time so far; stays at its last value once the thread has ended. */
  int64_t cpu_ns() const;

  /** Context switches so far; stay at their last values too. */
  ContextSwitches switches() const;

 private:
  static void* enter(void* self);

  ThreadCounters counters_;
  std::function<void(ThreadCounters&)> body_;
  pthread_t thread_{};
  clockid_t cpu_clock_{};
  std::atomic<pid_t> number_{0};
  ContextSwitches final_switches_;
  /** Written last: who sees it sees all final values. */
  std::atomic<int64_t> final_cpu_ns_{-1};
  bool joined_ = false;
};

}  // namespace million_packets
