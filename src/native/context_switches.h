#pragma once
#include <sys/types.h>

#include <cstdint>

namespace million_packets {

/** How often the scheduler took a thread off its CPU: because it waited, or because another was due. */
struct ContextSwitches {
  uint64_t voluntary = 0;
  uint64_t involuntary = 0;

  static ContextSwitches of_calling_thread();

  /** Of a living thread of this process; zeros when it is gone. */
  static ContextSwitches of_thread(pid_t thread);
};

}  // namespace million_packets
