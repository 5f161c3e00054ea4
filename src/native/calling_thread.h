#pragma once
#include <optional>
#include <string>

namespace million_packets {

/** Moves the calling thread into the network namespace at `path`; threads that it creates later follow. Throws SystemFailure. */
void enter_namespace(const std::string& path);

/** Binds the calling thread to one CPU, or frees it to use all. Throws SystemFailure. */
void pin_thread(std::optional<int> cpu);

/** Nanoseconds that one iteration of a dependent ALU loop takes on this CPU now: 0.2 ms that show the speed phase of a machine. */
double alu_probe_ns();

}  // namespace million_packets
