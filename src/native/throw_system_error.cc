#include "throw_system_error.h"

#include <cstring>

namespace million_packets {

Napi::Error system_error(Napi::Env env, const SystemFailure& failure) {
  const char* name = strerrorname_np(failure.error_number);
  const std::string code = name ? name : "E" + std::to_string(failure.error_number);
  std::string message = failure.syscall + " " + code;
  if (!failure.subject.empty()) message += " " + failure.subject;

  Napi::Error error = Napi::Error::New(env, message);
  error.Set("code", Napi::String::New(env, code));
  // Node's errno is negative, see util.getSystemErrorName().
  error.Set("errno", Napi::Number::New(env, -failure.error_number));
  error.Set("syscall", Napi::String::New(env, failure.syscall));
  return error;
}

}  // namespace million_packets
