#pragma once
#include <napi.h>

#include "system_failure.h"

namespace million_packets {

/** Makes the JavaScript Error of a failed system call, in the shape of Node's own: `bind EADDRINUSE 127.0.0.1:9000`. */
Napi::Error system_error(Napi::Env env, const SystemFailure& failure);

/** Runs `action` and throws its SystemFailure as a JavaScript Error. */
template <typename Action>
auto throw_system_error(Napi::Env env, Action action) {
  try {
    return action();
  } catch (const SystemFailure& failure) {
    throw system_error(env, failure);
  }
}

}  // namespace million_packets
