#include "snapshot_object.h"

#include <algorithm>

#include "clock.h"

namespace million_packets {
namespace {

Napi::Object counters_object(Napi::Env env, const CountersReading& reading) {
  Napi::Object counters = Napi::Object::New(env);
  counters.Set("packets", static_cast<double>(reading.packets));
  counters.Set("bytes", static_cast<double>(reading.bytes));
  counters.Set("calls", static_cast<double>(reading.calls));
  counters.Set("errors", static_cast<double>(reading.errors));
  counters.Set("cpuNs", static_cast<double>(reading.cpu_ns));
  counters.Set("busyNs", static_cast<double>(reading.busy_ns));
  counters.Set("voluntarySwitches", static_cast<double>(reading.switches.voluntary));
  counters.Set("involuntarySwitches", static_cast<double>(reading.switches.involuntary));
  if (reading.skipped) counters.Set("skipped", static_cast<double>(*reading.skipped));
  return counters;
}

}  // namespace

Napi::Object snapshot_object(Napi::Env env, const std::vector<CountersReading>& readings) {
  const double time_ns = static_cast<double>(monotonic_ns());
  uint64_t lateness_ns = 0;
  Napi::Array counters = Napi::Array::New(env, readings.size());
  for (size_t index = 0; index < readings.size(); index++) {
    counters.Set(static_cast<uint32_t>(index), counters_object(env, readings[index]));
    lateness_ns = std::max(lateness_ns, readings[index].lateness_ns);
  }
  Napi::Object snapshot = Napi::Object::New(env);
  snapshot.Set("tNs", time_ns);
  snapshot.Set("latenessNs", static_cast<double>(lateness_ns));
  snapshot.Set("threads", counters);
  return snapshot;
}

}  // namespace million_packets
