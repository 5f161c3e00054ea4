#include "native_receiver.h"

#include "config_values.h"
#include "snapshot_object.h"
#include "throw_system_error.h"

namespace million_packets {
namespace {

std::vector<SteeringRule> read_steering(const Napi::Object& config) {
  if (field(config, "steering").IsUndefined()) return {};
  return list_field(config, "steering", [](const Napi::Value& rule) {
    return SteeringRule{integer_field(rule.ToObject(), "cpu"), integer_field(rule.ToObject(), "socket")};
  });
}

ReceiverConfig read_config(const Napi::Object& config) {
  return {
      text_field(config, "address"),
      integer_field(config, "port"),
      text_field(config, "layout") == "reuseport",
      list_field(config, "threads", [](const Napi::Value& thread) { return optional_integer_field(thread.ToObject(), "cpu"); }),
      integer_field(config, "batchPackets"),
      optional_integer_field(config, "payloadBytes").value_or(0),
      optional_integer_field(config, "socketBufferBytes"),
      number_field(config, "workNs"),
      read_steering(config),
  };
}

}  // namespace

Napi::Function NativeReceiver::define(Napi::Env env) {
  return DefineClass(env, "NativeReceiver",
                     {
                         InstanceMethod("start", &NativeReceiver::start),
                         InstanceMethod("stop", &NativeReceiver::stop),
                         InstanceMethod("join", &NativeReceiver::join),
                         InstanceMethod("finished", &NativeReceiver::finished),
                         InstanceMethod("snapshot", &NativeReceiver::snapshot),
                         InstanceMethod("sockets", &NativeReceiver::sockets),
                     });
}

NativeReceiver::NativeReceiver(const Napi::CallbackInfo& info) : Napi::ObjectWrap<NativeReceiver>(info) {
  const Napi::Object config = info[0].ToObject();
  seconds_ = number_field(config, "seconds");
  receiver_ = throw_system_error(info.Env(), [&] { return std::make_unique<Receiver>(read_config(config)); });
  teardown_ = std::make_unique<TeardownHook>(info.Env(), receiver_->threads());
  if (!field(config, "paused").ToBoolean()) receiver_->threads().start(seconds_);
}

void NativeReceiver::start(const Napi::CallbackInfo&) { receiver_->threads().start(seconds_); }

void NativeReceiver::stop(const Napi::CallbackInfo&) { receiver_->threads().stop(); }

void NativeReceiver::join(const Napi::CallbackInfo& info) {
  receiver_->threads().join();
  throw_system_error(info.Env(), [&] { receiver_->close(); });
}

Napi::Value NativeReceiver::finished(const Napi::CallbackInfo& info) {
  return Napi::Boolean::New(info.Env(), receiver_->threads().finished());
}

Napi::Value NativeReceiver::snapshot(const Napi::CallbackInfo& info) {
  std::vector<CountersReading> readings = receiver_->threads().read();
  // recvmmsg waits for packets too, so wall time inside it would say nothing.
  for (CountersReading& reading : readings) reading.busy_ns = reading.cpu_ns;
  return snapshot_object(info.Env(), readings);
}

Napi::Value NativeReceiver::sockets(const Napi::CallbackInfo& info) {
  const auto readings = throw_system_error(info.Env(), [&] { return receiver_->sockets(); });
  Napi::Array sockets = Napi::Array::New(info.Env(), readings.size());
  for (uint32_t index = 0; index < readings.size(); index++) {
    Napi::Object socket = Napi::Object::New(info.Env());
    socket.Set("socket", index);
    socket.Set("dropped", readings[index].dropped);
    socket.Set("bufferBytes", readings[index].buffer_bytes);
    socket.Set("queuedBytes", readings[index].queued_bytes);
    sockets.Set(index, socket);
  }
  return sockets;
}

}  // namespace million_packets
