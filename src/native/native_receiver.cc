#include "native_receiver.h"

#include "arrivals_object.h"
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

ReceivePath read_path(const Napi::Object& config) {
  if (text_field(config, "path") == "io-uring") return ReceivePath::io_uring;
  if (text_field(config, "path") == "af-xdp") return ReceivePath::af_xdp;
  return text_field(config, "call") == "recv" ? ReceivePath::recv : ReceivePath::recvmmsg;
}

std::optional<int> read_busy_poll(const Napi::Object& config) {
  const Napi::Value waiting = field(config, "waiting");
  if (!waiting.IsObject()) return std::nullopt;
  return integer_field(waiting.As<Napi::Object>(), "busyPollUs");
}

ReceiverConfig read_config(const Napi::Object& config) {
  return {
      text_field(config, "address"),
      integer_field(config, "port"),
      text_field(config, "layout") == "reuseport",
      list_field(config, "threads", [](const Napi::Value& thread) { return optional_integer_field(thread.ToObject(), "cpu"); }),
      read_path(config),
      text_field(config, "device"),
      optional_integer_field(config, "socketMapNumber"),
      text_field(config, "waiting") == "spin",
      read_busy_poll(config),
      field(config, "gro").ToBoolean(),
      field(config, "sequenced").ToBoolean(),
      integer_field(config, "batchPackets"),
      optional_integer_field(config, "payloadBytes").value_or(0),
      optional_integer_field(config, "socketBufferBytes"),
      number_field(config, "workNs"),
      read_steering(config),
  };
}

Napi::Object statistics_object(Napi::Env env, const xdp_statistics& statistics) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("rx_dropped", static_cast<double>(statistics.rx_dropped));
  object.Set("rx_ring_full", static_cast<double>(statistics.rx_ring_full));
  object.Set("rx_fill_ring_empty_descs", static_cast<double>(statistics.rx_fill_ring_empty_descs));
  return object;
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
                         InstanceMethod("arrivals", &NativeReceiver::arrivals),
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
    const auto& [memory, truesize_bytes, statistics] = readings[index];
    socket.Set("dropped", memory.dropped);
    socket.Set("bufferBytes", memory.buffer_bytes);
    socket.Set("queuedBytes", memory.queued_bytes);
    socket.Set("truesizeBytes", truesize_bytes > 0 ? Napi::Number::New(info.Env(), truesize_bytes) : info.Env().Null());
    if (statistics) socket.Set("xdpStatistics", statistics_object(info.Env(), *statistics));
    sockets.Set(index, socket);
  }
  return sockets;
}

Napi::Value NativeReceiver::arrivals(const Napi::CallbackInfo& info) { return arrivals_object(info.Env(), *receiver_); }

}  // namespace million_packets
