#include "context_switches.h"

#include <sys/resource.h>

#include <fstream>
#include <string>

namespace million_packets {

ContextSwitches ContextSwitches::of_calling_thread() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return {static_cast<uint64_t>(usage.ru_nvcsw), static_cast<uint64_t>(usage.ru_nivcsw)};
}

ContextSwitches ContextSwitches::of_thread(pid_t thread) {
  ContextSwitches switches;
  std::ifstream status("/proc/self/task/" + std::to_string(thread) + "/status");
  for (std::string word; status >> word;) {
    if (word == "voluntary_ctxt_switches:") status >> switches.voluntary;
    if (word == "nonvoluntary_ctxt_switches:") status >> switches.involuntary;
  }
  return switches;
}

}  // namespace million_packets
