#pragma once
#include <array>
#include <cstddef>

#include "thread_counters.h"

namespace million_packets {

/** How many calls brought how many messages; one thread counts, any thread reads. */
class BatchHistogram {
 public:
  static constexpr size_t kLargest = 4096;

  void count(size_t messages) { calls_[messages < kLargest ? messages : kLargest].add(1); }
  uint64_t calls(size_t messages) const { return calls_[messages].read(); }

 private:
  std::array<Counter, kLargest + 1> calls_;
};

}  // namespace million_packets
