#include "native_software_nic.h"

#include "config_values.h"
#include "throw_system_error.h"

namespace million_packets {
namespace {

uint32_t read_number(const Napi::Value& value) { return value.ToNumber().Uint32Value(); }

NicQueueConfig read_queue(const Napi::Value& value) {
  const Napi::Object queue = value.ToObject();
  return {read_number(queue.Get("queue")), read_number(queue.Get("cpu")), field(queue, "hasSocket").ToBoolean()};
}

NicRule read_rule(const Napi::Value& value) {
  return {text_field(value.ToObject(), "destination"), static_cast<uint32_t>(integer_field(value.ToObject(), "queue"))};
}

SoftwareNicConfig read_config(const Napi::Object& config) {
  return {
      text_field(config, "namespace"),
      text_field(config, "device"),
      list_field(config, "hashOfByte", read_number),
      list_field(config, "indirectionTable", read_number),
      list_field(config, "queues", read_queue),
      static_cast<uint32_t>(integer_field(config, "ringPackets")),
      list_field(config, "rules", read_rule),
  };
}

Napi::Object queue_object(Napi::Env env, const NicQueueReading& reading) {
  Napi::Object object = Napi::Object::New(env);
  object.Set("queue", reading.queue);
  object.Set("cpu", reading.cpu);
  object.Set("mapNumber", reading.map_number);
  object.Set("offered", static_cast<double>(reading.offered));
  object.Set("serviced", static_cast<double>(reading.serviced));
  return object;
}

}  // namespace

Napi::Function NativeSoftwareNic::define(Napi::Env env) {
  return DefineClass(
      env, "NativeSoftwareNic",
      {InstanceMethod("queues", &NativeSoftwareNic::queues), InstanceMethod("socketMapNumber", &NativeSoftwareNic::socket_map_number),
       InstanceMethod("close", &NativeSoftwareNic::close)});
}

NativeSoftwareNic::NativeSoftwareNic(const Napi::CallbackInfo& info) : Napi::ObjectWrap<NativeSoftwareNic>(info) {
  const SoftwareNicConfig config = read_config(info[0].ToObject());
  nic_ = throw_system_error(info.Env(), [&] { return std::make_unique<SoftwareNic>(config); });
}

Napi::Value NativeSoftwareNic::queues(const Napi::CallbackInfo& info) {
  Napi::Array queues = Napi::Array::New(info.Env());
  if (!nic_) return queues;
  const std::vector<NicQueueReading> readings = nic_->read();
  for (uint32_t index = 0; index < readings.size(); index++) queues.Set(index, queue_object(info.Env(), readings[index]));
  return queues;
}

Napi::Value NativeSoftwareNic::socket_map_number(const Napi::CallbackInfo& info) {
  const uint32_t number = nic_ ? nic_->socket_map_number() : 0;
  return number > 0 ? Napi::Number::New(info.Env(), number) : info.Env().Null();
}

void NativeSoftwareNic::close(const Napi::CallbackInfo&) { nic_.reset(); }

}  // namespace million_packets
