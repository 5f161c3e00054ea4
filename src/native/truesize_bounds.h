#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <numeric>

namespace million_packets {

/**
 * The truesize of datagrams that are all alike, closed in from both sides by what one reader of a socket sees. Whatever lies in the queue
 * takes a whole multiple of it, so it is no larger than any common divisor of such readings. And a read that empties the queue takes all
 * that lay there before, and perhaps more, so it is no smaller than that memory over the datagrams of the read. Where the two meet, it is
 * known for certain. One thread observes, any thread asks.
 */
class TruesizeBounds {
 public:
  /** Whether another observation is wanted: each costs a system call, so the first reads must do. */
  bool is_open() const { return attempts_ < kMostAttempts && truesize_bytes() == 0; }

  /** Takes the size of a read, whether it emptied the queue, and the memory of what has come since. */
  void observe(unsigned datagrams, bool drained, uint32_t queued_bytes) {
    attempts_++;
    // The kernel gives back the memory of a read that left something behind only later.
    if (drained) {
      least_ = std::max(least_, static_cast<double>(before_bytes_) / datagrams);
      most_ = std::gcd(most_, queued_bytes);
      if (most_ > 0 && least_ == most_) known_.store(most_, std::memory_order_relaxed);
    }
    before_bytes_ = drained ? queued_bytes : 0;
  }

  /** 0 while the bounds are apart. */
  uint32_t truesize_bytes() const { return known_.load(std::memory_order_relaxed); }

 private:
  static constexpr int kMostAttempts = 512;

  int attempts_ = 0;
  uint32_t before_bytes_ = 0;
  double least_ = 0;
  uint32_t most_ = 0;
  std::atomic<uint32_t> known_{0};
};

}  // namespace million_packets
