#pragma once
#include <cstdint>

#include "run_gate.h"
#include "thread_counters.h"

namespace million_packets {

/** An open-loop schedule: batch k is due at start + k * interval, whatever happened to the batches before. */
class Pacer {
 public:
  Pacer(int64_t start_ns, double interval_ns);

  /** Waits until the next batch is due; false when the run ends first. Records how late a batch is. */
  bool wait(const RunGate& gate, ThreadCounters& counters);

 private:
  int64_t start_ns_;
  double interval_ns_;
  uint64_t batches_ = 0;
  int64_t earliest_ns_;
};

}  // namespace million_packets
