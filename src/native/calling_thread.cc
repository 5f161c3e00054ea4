#include "calling_thread.h"

#include <fcntl.h>
#include <sched.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "clock.h"
#include "cpu_mask.h"
#include "system_failure.h"

namespace million_packets {
namespace {

constexpr int kProbeIterations = 200'000;

/** A longer step between two looks at the clock was not ours: application_work.cc takes the same. */
constexpr int64_t kLongestStepNs = 500;

/** From here on a gap is a stall: longer than any tick, long enough to fill a socket buffer at high rates. */
constexpr int64_t kShortestStallNs = 100'000;

}  // namespace

void enter_namespace(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throw SystemFailure{"open", errno, path};
  const int result = setns(descriptor, CLONE_NEWNET);
  const int error = errno;
  close(descriptor);
  if (result != 0) throw SystemFailure{"setns", error, path};
}

void pin_thread(std::optional<int> cpu) {
  const int cpus = static_cast<int>(sysconf(_SC_NPROCESSORS_CONF));
  CpuMask mask(std::max(cpus, cpu.value_or(0) + 1));
  if (cpu) {
    mask.add(*cpu);
  } else {
    for (int each = 0; each < cpus; each++) mask.add(each);
  }
  if (sched_setaffinity(0, mask.bytes(), mask.set()) != 0) {
    throw SystemFailure{"sched_setaffinity", errno, cpu ? "cpu " + std::to_string(*cpu) : ""};
  }
}

double alu_probe_ns() {
  uint64_t value = 1;
  const int64_t before_ns = monotonic_ns();
  for (int iteration = 0; iteration < kProbeIterations; iteration++) {
    value += value >> 3 | 1;
    // Keeps the compiler from folding the loop.
    asm volatile("" : "+r"(value));
  }
  return static_cast<double>(monotonic_ns() - before_ns) / kProbeIterations;
}

Interruptions watch_interruptions(double seconds) {
  Interruptions seen{};
  const int64_t start_ns = monotonic_ns();
  const int64_t end_ns = start_ns + static_cast<int64_t>(seconds * 1e9);
  int64_t last_ns = start_ns;
  while (last_ns < end_ns) {
    const int64_t now_ns = monotonic_ns();
    const int64_t step_ns = now_ns - last_ns;
    last_ns = now_ns;
    if (step_ns <= kLongestStepNs) continue;
    seen.lost_ns += static_cast<double>(step_ns);
    if (step_ns >= kShortestStallNs) seen.stalls_ns.push_back(static_cast<double>(step_ns));
  }
  seen.spun_ns = static_cast<double>(last_ns - start_ns);
  return seen;
}

}  // namespace million_packets
