#pragma once
#include <napi.h>

#include <optional>
#include <string>
#include <vector>

namespace million_packets {

// TypeScript has validated every value; what slips through still throws a JavaScript TypeError here.

inline Napi::Value field(const Napi::Object& config, const char* name) { return config.Get(name); }

inline double number_field(const Napi::Object& config, const char* name) { return field(config, name).ToNumber().DoubleValue(); }

inline int integer_field(const Napi::Object& config, const char* name) { return field(config, name).ToNumber().Int32Value(); }

inline std::string text_field(const Napi::Object& config, const char* name) { return field(config, name).ToString().Utf8Value(); }

inline std::optional<double> optional_number_field(const Napi::Object& config, const char* name) {
  const Napi::Value value = field(config, name);
  if (value.IsNull() || value.IsUndefined()) return std::nullopt;
  return value.ToNumber().DoubleValue();
}

inline std::optional<int> optional_integer_field(const Napi::Object& config, const char* name) {
  const std::optional<double> value = optional_number_field(config, name);
  if (!value) return std::nullopt;
  return static_cast<int>(*value);
}

/** Reads every element of a list with `read`. */
template <typename Read>
auto list_field(const Napi::Object& config, const char* name, Read read) {
  const Napi::Object list = field(config, name).ToObject();
  const uint32_t length = list.Get("length").ToNumber().Uint32Value();
  std::vector<decltype(read(list.Get(0u)))> values;
  for (uint32_t index = 0; index < length; index++) values.push_back(read(list.Get(index)));
  return values;
}

}  // namespace million_packets
