#include "arrivals_object.h"

#include <utility>
#include <vector>

namespace million_packets {
namespace {

Napi::Number number(Napi::Env env, uint64_t value) { return Napi::Number::New(env, static_cast<double>(value)); }

/** Pairs of a value and how often it came, over all threads; values that never came are left out. */
template <typename Count, typename Value>
Napi::Array pairs(Napi::Env env, const Receiver& receiver, size_t buckets, Count count, Value value) {
  Napi::Array result = Napi::Array::New(env);
  for (size_t bucket = 0; bucket < buckets; bucket++) {
    uint64_t total = 0;
    for (const auto& thread : receiver.observations()) total += count(*thread, bucket);
    if (total == 0) continue;
    Napi::Array pair = Napi::Array::New(env, 2);
    pair.Set(0u, number(env, value(bucket)));
    pair.Set(1u, number(env, total));
    result.Set(result.Length(), pair);
  }
  return result;
}

Napi::Value verdict_object(Napi::Env env, const std::optional<SequenceVerdict>& verdict) {
  if (!verdict) return env.Null();
  Napi::Object result = Napi::Object::New(env);
  result.Set("received", number(env, verdict->received));
  result.Set("missing", number(env, verdict->missing));
  result.Set("duplicated", number(env, verdict->duplicated));
  result.Set("reordered", number(env, verdict->reordered));
  result.Set("unstamped", number(env, verdict->unstamped));
  return result;
}

}  // namespace

Napi::Object arrivals_object(Napi::Env env, const Receiver& receiver) {
  Napi::Object result = Napi::Object::New(env);
  result.Set("batches", pairs(
                            env, receiver, BatchHistogram::kLargest + 1,
                            [](const ThreadObservations& thread, size_t messages) { return thread.batches.calls(messages); },
                            [](size_t messages) { return messages; }));
  result.Set("latencies", pairs(
                              env, receiver, LatencyHistogram::buckets(),
                              [](const ThreadObservations& thread, size_t bucket) { return thread.latencies.counted(bucket); },
                              [](size_t bucket) { return static_cast<uint64_t>(LatencyHistogram::lowest_ns(bucket)); }));
  result.Set("sequence", verdict_object(env, receiver.verdict()));
  return result;
}

}  // namespace million_packets
