#pragma once
#include <optional>
#include <string>
#include <vector>

namespace million_packets {

/** Moves the calling thread into the network namespace at `path`; threads that it creates later follow. Throws SystemFailure. */
void enter_namespace(const std::string& path);

/** Binds the calling thread to one CPU, or frees it to use all. Throws SystemFailure. */
void pin_thread(std::optional<int> cpu);

/** Nanoseconds that one iteration of a dependent ALU loop takes on this CPU now: 0.2 ms that show the speed phase of a machine. */
double alu_probe_ns();

/** What a thread lost that spun on its CPU. */
struct Interruptions {
  double spun_ns;
  /** In all gaps between two looks at the clock that are longer than looking takes. */
  double lost_ns;
  /** Length of each of the long gaps. */
  std::vector<double> stalls_ns;
};

/** Spins on the current CPU for so long and adds up the time in which something else ran: ticks, other threads, the hypervisor. */
Interruptions watch_interruptions(double seconds);

}  // namespace million_packets
