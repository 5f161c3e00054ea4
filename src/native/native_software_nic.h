#pragma once
#include <napi.h>

#include <memory>

#include "software_nic.h"

namespace million_packets {

/** The class NativeSoftwareNic of contract.ts. */
class NativeSoftwareNic : public Napi::ObjectWrap<NativeSoftwareNic> {
 public:
  static Napi::Function define(Napi::Env env);
  explicit NativeSoftwareNic(const Napi::CallbackInfo& info);

 private:
  Napi::Value queues(const Napi::CallbackInfo& info);
  Napi::Value socket_map_number(const Napi::CallbackInfo& info);
  void close(const Napi::CallbackInfo& info);

  std::unique_ptr<SoftwareNic> nic_;
};

}  // namespace million_packets
