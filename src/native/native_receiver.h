#pragma once
#include <napi.h>

#include <memory>

#include "receiver.h"
#include "teardown_hook.h"

namespace million_packets {

/** The class NativeReceiver of contract.ts. */
class NativeReceiver : public Napi::ObjectWrap<NativeReceiver> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit NativeReceiver(const Napi::CallbackInfo& info);

 private:
  void start(const Napi::CallbackInfo& info);
  void stop(const Napi::CallbackInfo& info);
  void join(const Napi::CallbackInfo& info);
  Napi::Value finished(const Napi::CallbackInfo& info);
  Napi::Value snapshot(const Napi::CallbackInfo& info);
  Napi::Value sockets(const Napi::CallbackInfo& info);
  Napi::Value arrivals(const Napi::CallbackInfo& info);

  double seconds_ = 0;
  std::unique_ptr<Receiver> receiver_;
  std::unique_ptr<TeardownHook> teardown_;
};

}  // namespace million_packets
