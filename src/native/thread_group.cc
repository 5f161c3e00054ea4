#include "thread_group.h"

#include <algorithm>
#include <utility>

namespace million_packets {

ThreadGroup::~ThreadGroup() {
  stop();
  join();
}

void ThreadGroup::add(std::optional<int> cpu, Body body) {
  auto run = [this, body = std::move(body)](ThreadCounters& counters) { body(gate_, counters); };
  threads_.push_back(std::make_unique<CountingThread>(cpu, std::move(run)));
}

void ThreadGroup::join() {
  for (auto& thread : threads_) thread->join();
}

bool ThreadGroup::finished() const {
  return std::all_of(threads_.begin(), threads_.end(), [](const auto& thread) { return thread->finished(); });
}

std::vector<CountersReading> ThreadGroup::read() const {
  std::vector<CountersReading> readings;
  for (const auto& thread : threads_) {
    const ThreadCounters& counters = thread->counters();
    readings.push_back({counters.packets.read(), counters.bytes.read(), counters.calls.read(), counters.errors.read(),
                        counters.busy_ns.read(), counters.lateness_ns.read(), thread->cpu_ns(), thread->switches(), {}});
  }
  return readings;
}

}  // namespace million_packets
