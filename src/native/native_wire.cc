#include "native_wire.h"

#include <cstdio>

#include "config_values.h"
#include "snapshot_object.h"
#include "throw_system_error.h"

namespace million_packets {
namespace {

std::array<uint8_t, 6> mac_field(const Napi::Object& config, const char* name) {
  std::array<uint8_t, 6> mac{};
  std::sscanf(text_field(config, name).c_str(), "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", &mac[0], &mac[1], &mac[2], &mac[3], &mac[4], &mac[5]);
  return mac;
}

WireFlowConfig read_flow(const Napi::Value& value) {
  return {text_field(value.ToObject(), "destination"), integer_field(value.ToObject(), "sourcePort")};
}

WireSourceConfig read_source(const Napi::Value& value) {
  return {list_field(value.ToObject(), "flows", read_flow), optional_number_field(value.ToObject(), "offeredPps")};
}

WireConfig read_config(const Napi::Object& config) {
  return {
      optional_integer_field(config, "cpu"),
      text_field(config, "device"),
      mac_field(config, "sourceMac"),
      mac_field(config, "destinationMac"),
      text_field(config, "sourceAddress"),
      integer_field(config, "destinationPort"),
      integer_field(config, "payloadBytes"),
      integer_field(config, "batchRuns"),
      field(config, "sequenced").ToBoolean(),
      optional_integer_field(config, "firstFlow").value_or(0),
      field(config, "catchesUpAtOnce").ToBoolean(),
      list_field(config, "sources", read_source),
  };
}

}  // namespace

Napi::Function NativeWire::define(Napi::Env env) {
  return DefineClass(env, "NativeWire",
                     {
                         InstanceMethod("start", &NativeWire::start),
                         InstanceMethod("stop", &NativeWire::stop),
                         InstanceMethod("join", &NativeWire::join),
                         InstanceMethod("finished", &NativeWire::finished),
                         InstanceMethod("snapshot", &NativeWire::snapshot),
                     });
}

NativeWire::NativeWire(const Napi::CallbackInfo& info) : Napi::ObjectWrap<NativeWire>(info) {
  const WireConfig config = read_config(info[0].ToObject());
  wire_ = throw_system_error(info.Env(), [&] { return std::make_unique<Wire>(config); });
  teardown_ = std::make_unique<TeardownHook>(info.Env(), wire_->threads());
}

void NativeWire::start(const Napi::CallbackInfo& info) { wire_->threads().start(info[0].ToNumber().DoubleValue()); }

void NativeWire::stop(const Napi::CallbackInfo&) { wire_->threads().stop(); }

void NativeWire::join(const Napi::CallbackInfo&) { wire_->threads().join(); }

Napi::Value NativeWire::finished(const Napi::CallbackInfo& info) { return Napi::Boolean::New(info.Env(), wire_->threads().finished()); }

Napi::Value NativeWire::snapshot(const Napi::CallbackInfo& info) { return snapshot_object(info.Env(), wire_->read()); }

}  // namespace million_packets
