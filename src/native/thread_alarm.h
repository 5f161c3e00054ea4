#pragma once
#include <ctime>

#include <cstdint>

namespace million_packets {

/**
 * Gets the calling thread out of a long system call: a signal to this thread alone, repeated every few milliseconds, because the first
 * one may come just before the call.
 */
class ThreadAlarm {
 public:
  /** For the calling thread, which must end before this object does. Throws SystemFailure. */
  ThreadAlarm();
  ~ThreadAlarm() { timer_delete(timer_); }
  ThreadAlarm(const ThreadAlarm&) = delete;
  ThreadAlarm& operator=(const ThreadAlarm&) = delete;

  /** From this time of CLOCK_MONOTONIC on; a time in the past means now. Any thread may call it. */
  void ring_from(int64_t time_ns);

 private:
  timer_t timer_;
};

}  // namespace million_packets
