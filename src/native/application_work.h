#pragma once
#include <cstdint>

#include "run_gate.h"

namespace million_packets {

/** Keeps the CPU busy for `duration_ns` of its own time, as an application would; ends early when the run does. */
void burn(double duration_ns, const RunGate& gate);

}  // namespace million_packets
