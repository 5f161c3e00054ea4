#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "thread_counters.h"

namespace million_packets {

/**
 * Counts of times in buckets whose width is below 1 % of their value, from 1 ns to 18 minutes, after HdrHistogram: linear within a
 * power of two, logarithmic across them. One thread counts, any thread reads.
 */
class LatencyHistogram {
 public:
  void count(int64_t nanoseconds) { counts_[bucket(nanoseconds)].add(1); }

  static constexpr size_t buckets() { return kBuckets; }
  uint64_t counted(size_t bucket) const { return counts_[bucket].read(); }

  /** Shortest time that a bucket takes. */
  static int64_t lowest_ns(size_t bucket) {
    if (bucket < 2 * kLinear) return static_cast<int64_t>(bucket);
    const size_t shift = bucket / kLinear - 1;
    return static_cast<int64_t>(kLinear + bucket % kLinear) << shift;
  }

 private:
  static constexpr size_t kLinearBits = 7, kLinear = 1 << kLinearBits;
  static constexpr size_t kLongestBits = 40;
  static constexpr size_t kBuckets = (kLongestBits - kLinearBits + 1) * kLinear;
  static constexpr int64_t kLongestNs = (int64_t{1} << kLongestBits) - 1;

  static size_t bucket(int64_t nanoseconds) {
    const int64_t clamped = nanoseconds < 0 ? 0 : nanoseconds > kLongestNs ? kLongestNs : nanoseconds;
    const auto value = static_cast<uint64_t>(clamped);
    if (value < 2 * kLinear) return value;
    const size_t shift = 63 - kLinearBits - static_cast<size_t>(__builtin_clzll(value));
    return (shift + 1) * kLinear + ((value >> shift) - kLinear);
  }

  std::array<Counter, kBuckets> counts_;
};

}  // namespace million_packets
