#pragma once
#include <atomic>
#include <cstdint>
#include <numeric>

namespace million_packets {

/**
 * The truesize of datagrams that are all alike, from readings of the memory that they take in their socket's queue: each is a whole
 * multiple of it, so it is their greatest common divisor once enough of them differ. One thread observes, any thread asks.
 */
class TruesizeDivisor {
 public:
  /** Whether another reading is wanted: each costs a system call, so the first calls of a reader must do. */
  bool is_open() const { return attempts_ < kMostAttempts && truesize_bytes() == 0; }

  void observe(uint32_t queued_bytes) {
    attempts_++;
    if (queued_bytes == 0 || queued_bytes == last_bytes_) return;
    last_bytes_ = queued_bytes;
    divisor_ = std::gcd(divisor_, queued_bytes);
    if (++readings_ >= kEnough && divisor_ >= kSmallestTruesize) known_.store(divisor_, std::memory_order_relaxed);
  }

  /** 0 while the readings do not say: too few differ, or their divisor is too small for any datagram, so that they were not alike. */
  uint32_t truesize_bytes() const { return known_.load(std::memory_order_relaxed); }

 private:
  static constexpr int kMostAttempts = 512;
  /** The chance that eight random counts share a divisor is 0.4 %. */
  static constexpr int kEnough = 8;
  /** sizeof(struct sk_buff) alone is about this much. */
  static constexpr uint32_t kSmallestTruesize = 256;

  int attempts_ = 0;
  int readings_ = 0;
  uint32_t last_bytes_ = 0;
  uint32_t divisor_ = 0;
  std::atomic<uint32_t> known_{0};
};

}  // namespace million_packets
