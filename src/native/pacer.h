#pragma once
#include <cstdint>

#include "run_gate.h"
#include "schedule.h"
#include "thread_counters.h"

namespace million_packets {

/** Waits for the times of a schedule, whatever happened to the batches before. */
class Pacer {
 public:
  explicit Pacer(Schedule schedule);

  /** Waits until the next batch is due; false when the run ends first. Records how late a batch is. */
  bool wait(const RunGate& gate, ThreadCounters& counters);

  /** When the batch that wait() let through was meant to be sent. */
  int64_t intended_ns() const { return intended_ns_; }

 private:
  Schedule schedule_;
  int64_t intended_ns_;
  int64_t scheduled_ns_;
  int64_t earliest_ns_;
};

}  // namespace million_packets
