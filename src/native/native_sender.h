#pragma once
#include <napi.h>

#include <memory>

#include "sender.h"
#include "teardown_hook.h"

namespace million_packets {

/** The class NativeSender of contract.ts. */
class NativeSender : public Napi::ObjectWrap<NativeSender> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit NativeSender(const Napi::CallbackInfo& info);

 private:
  void start(const Napi::CallbackInfo& info);
  void stop(const Napi::CallbackInfo& info);
  void join(const Napi::CallbackInfo& info);
  Napi::Value finished(const Napi::CallbackInfo& info);
  Napi::Value snapshot(const Napi::CallbackInfo& info);

  std::unique_ptr<Sender> sender_;
  std::unique_ptr<TeardownHook> teardown_;
};

}  // namespace million_packets
