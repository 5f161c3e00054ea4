#include "native_sender.h"

#include "config_values.h"
#include "snapshot_object.h"
#include "throw_system_error.h"

namespace million_packets {
namespace {

Arrivals read_arrivals(const Napi::Object& config) {
  const Napi::Value arrivals = field(config, "arrivals");
  if (arrivals.IsObject()) {
    const Napi::Object bursts = arrivals.As<Napi::Object>();
    return {Arrivals::Kind::bursts, number_field(bursts, "onMs") * 1e6, number_field(bursts, "offMs") * 1e6, 0};
  }
  if (arrivals.IsUndefined() || text_field(config, "arrivals") == "constant") return {};
  return {Arrivals::Kind::poisson, 0, 0, static_cast<uint64_t>(optional_number_field(config, "seed").value_or(0))};
}

SenderThreadConfig read_thread(const Napi::Value& value) {
  const Napi::Object config = value.ToObject();
  return {
      optional_integer_field(config, "cpu"),
      list_field(config, "destinations", [](const Napi::Value& address) { return address.ToString().Utf8Value(); }),
      integer_field(config, "destinationPort"),
      list_field(config, "sourcePorts", [](const Napi::Value& port) { return port.ToNumber().Int32Value(); }),
      integer_field(config, "batchPackets"),
      integer_field(config, "payloadBytes"),
      optional_number_field(config, "offeredPps"),
      read_arrivals(config),
      optional_integer_field(config, "segments").value_or(1),
      field(config, "sequenced").ToBoolean(),
  };
}

}  // namespace

Napi::Function NativeSender::define(Napi::Env env) {
  return DefineClass(env, "NativeSender",
                     {
                         InstanceMethod("start", &NativeSender::start),
                         InstanceMethod("stop", &NativeSender::stop),
                         InstanceMethod("join", &NativeSender::join),
                         InstanceMethod("finished", &NativeSender::finished),
                         InstanceMethod("snapshot", &NativeSender::snapshot),
                     });
}

NativeSender::NativeSender(const Napi::CallbackInfo& info) : Napi::ObjectWrap<NativeSender>(info) {
  const auto threads = list_field(info[0].ToObject(), "threads", read_thread);
  sender_ = throw_system_error(info.Env(), [&] { return std::make_unique<Sender>(threads); });
  teardown_ = std::make_unique<TeardownHook>(info.Env(), sender_->threads());
}

void NativeSender::start(const Napi::CallbackInfo& info) { sender_->threads().start(info[0].ToNumber().DoubleValue()); }

void NativeSender::stop(const Napi::CallbackInfo&) { sender_->threads().stop(); }

void NativeSender::join(const Napi::CallbackInfo&) { sender_->threads().join(); }

Napi::Value NativeSender::finished(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), sender_->threads().finished());
}

Napi::Value NativeSender::snapshot(const Napi::CallbackInfo& info) {
  return snapshot_object(info.Env(), sender_->threads().read());
}

}  // namespace million_packets
