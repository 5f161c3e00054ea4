#pragma once
#include <optional>
#include <string>
#include <thread>

#include "calling_thread.h"
#include "system_failure.h"

namespace million_packets {

/**
 * Runs `action` on a thread of its own inside a network namespace, because entering one cannot be taken back without a handle on the
 * old one. Throws SystemFailure.
 */
template <typename Action>
void in_namespace(const std::string& namespace_path, Action action) {
  std::optional<SystemFailure> failure;
  std::thread([&] {
    try {
      enter_namespace(namespace_path);
      action();
    } catch (const SystemFailure& caught) {
      failure = caught;
    }
  }).join();
  if (failure) throw *failure;
}

}  // namespace million_packets
