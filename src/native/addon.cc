#include <napi.h>
#include <unistd.h>

#include "calling_thread.h"
#include "device_feature.h"
#include "namespace_sysfs.h"
#include "native_receiver.h"
#include "native_sender.h"
#include "native_software_nic.h"
#include "native_wire.h"
#include "throw_system_error.h"

namespace million_packets {
namespace {

void enter_namespace_binding(const Napi::CallbackInfo& info) {
  const std::string path = info[0].ToString().Utf8Value();
  throw_system_error(info.Env(), [&] { enter_namespace(path); });
}

void pin_thread_binding(const Napi::CallbackInfo& info) {
  std::optional<int> cpu;
  if (!info[0].IsNull()) cpu = info[0].ToNumber().Int32Value();
  throw_system_error(info.Env(), [&] { pin_thread(cpu); });
}

void write_namespace_sysfs_binding(const Napi::CallbackInfo& info) {
  const std::string namespace_path = info[0].ToString().Utf8Value();
  const std::string path = info[1].ToString().Utf8Value();
  const std::string text = info[2].ToString().Utf8Value();
  throw_system_error(info.Env(), [&] { write_namespace_sysfs(namespace_path, path, text); });
}

void set_device_feature_binding(const Napi::CallbackInfo& info) {
  const std::string namespace_path = info[0].ToString().Utf8Value();
  const std::string device = info[1].ToString().Utf8Value();
  const std::string feature = info[2].ToString().Utf8Value();
  const bool on = info[3].ToBoolean();
  throw_system_error(info.Env(), [&] { set_device_feature(namespace_path, device, feature, on); });
}

Napi::Value alu_probe_binding(const Napi::CallbackInfo& info) { return Napi::Number::New(info.Env(), alu_probe_ns()); }

Napi::Value watch_interruptions_binding(const Napi::CallbackInfo& info) {
  const Interruptions seen = watch_interruptions(info[0].ToNumber().DoubleValue());
  Napi::Object object = Napi::Object::New(info.Env());
  object.Set("spunNs", seen.spun_ns);
  object.Set("lostNs", seen.lost_ns);
  Napi::Array stalls = Napi::Array::New(info.Env(), seen.stalls_ns.size());
  for (uint32_t stall = 0; stall < seen.stalls_ns.size(); stall++) stalls.Set(stall, seen.stalls_ns[stall]);
  object.Set("stallsNs", stalls);
  return object;
}

// The signal's default action ends the process even when JavaScript hangs.
void die_after_binding(const Napi::CallbackInfo& info) { alarm(info[0].ToNumber().Uint32Value()); }

Napi::Object initialize(Napi::Env env, Napi::Object exports) {
  exports.Set("NativeSender", NativeSender::define(env));
  exports.Set("NativeReceiver", NativeReceiver::define(env));
  exports.Set("NativeSoftwareNic", NativeSoftwareNic::define(env));
  exports.Set("NativeWire", NativeWire::define(env));
  exports.Set("enterNamespace", Napi::Function::New(env, enter_namespace_binding, "enterNamespace"));
  exports.Set("writeNamespaceSysfs", Napi::Function::New(env, write_namespace_sysfs_binding, "writeNamespaceSysfs"));
  exports.Set("setDeviceFeature", Napi::Function::New(env, set_device_feature_binding, "setDeviceFeature"));
  exports.Set("pinThread", Napi::Function::New(env, pin_thread_binding, "pinThread"));
  exports.Set("aluProbeNs", Napi::Function::New(env, alu_probe_binding, "aluProbeNs"));
  exports.Set("watchInterruptions", Napi::Function::New(env, watch_interruptions_binding, "watchInterruptions"));
  exports.Set("dieAfter", Napi::Function::New(env, die_after_binding, "dieAfter"));
  return exports;
}

}  // namespace

NODE_API_MODULE(million_packets, initialize)

}  // namespace million_packets
