#pragma once
#include <atomic>
#include <cstdint>

namespace million_packets {

/** A number that one thread writes and any thread reads. */
class Counter {
 public:
  // A plain load and store: no other thread writes, so a locked add would only cost time.
  void add(uint64_t amount) { value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed); }

  void raise_to(uint64_t candidate) {
    if (candidate > value_.load(std::memory_order_relaxed)) value_.store(candidate, std::memory_order_relaxed);
  }

  uint64_t read() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<uint64_t> value_{0};
};

/** Cumulative counters of one thread, on a cache line of their own so that threads do not slow each other down. */
struct alignas(64) ThreadCounters {
  Counter packets;
  Counter bytes;
  Counter calls;
  Counter errors;
  Counter busy_ns;
  Counter lateness_ns;
};

}  // namespace million_packets
