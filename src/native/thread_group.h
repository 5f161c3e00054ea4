#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "counting_thread.h"
#include "run_gate.h"

namespace million_packets {

/** Counters of one thread at one instant. */
struct CountersReading {
  uint64_t packets;
  uint64_t bytes;
  uint64_t calls;
  uint64_t errors;
  uint64_t busy_ns;
  uint64_t lateness_ns;
  int64_t cpu_ns;
  ContextSwitches switches;
  /** Packets of a wire's schedule that it never sent; empty for what is not a wire. */
  std::optional<uint64_t> skipped;
};

/** Threads that start together, end by themselves at a deadline, and can be told to end before. */
class ThreadGroup {
 public:
  /** Makes what the thread needs, on the memory of its own CPU, then waits at the gate and runs. */
  using Body = std::function<void(RunGate&, ThreadCounters&)>;

  ~ThreadGroup();

  /** Adds a thread. Throws SystemFailure. */
  void add(std::optional<int> cpu, Body body);

  void start(double seconds) { gate_.open(static_cast<int64_t>(seconds * 1e9)); }
  void stop() { gate_.stop(); }
  void join();
  bool finished() const;
  std::vector<CountersReading> read() const;

 private:
  RunGate gate_;
  std::vector<std::unique_ptr<CountingThread>> threads_;
};

}  // namespace million_packets
