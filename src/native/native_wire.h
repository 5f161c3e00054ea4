#pragma once
#include <napi.h>

#include <memory>

#include "teardown_hook.h"
#include "wire.h"

namespace million_packets {

/** The class NativeWire of contract.ts. */
class NativeWire : public Napi::ObjectWrap<NativeWire> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit NativeWire(const Napi::CallbackInfo& info);

 private:
  void start(const Napi::CallbackInfo& info);
  void stop(const Napi::CallbackInfo& info);
  void join(const Napi::CallbackInfo& info);
  Napi::Value finished(const Napi::CallbackInfo& info);
  Napi::Value snapshot(const Napi::CallbackInfo& info);

  std::unique_ptr<Wire> wire_;
  std::unique_ptr<TeardownHook> teardown_;
};

}  // namespace million_packets
