#pragma once
#include <cstdint>
#include <ctime>

namespace million_packets {

/** Reads a clock, in nanoseconds. Returns -1 for a clock that is gone. */
inline int64_t clock_ns(clockid_t clock) {
  timespec time;
  if (clock_gettime(clock, &time) != 0) return -1;
  return static_cast<int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

inline int64_t monotonic_ns() { return clock_ns(CLOCK_MONOTONIC); }

/** Up to one tick behind monotonic_ns(), at a fifth of its price. */
inline int64_t coarse_monotonic_ns() { return clock_ns(CLOCK_MONOTONIC_COARSE); }

}  // namespace million_packets
