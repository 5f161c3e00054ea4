#pragma once
#include <napi.h>

#include <vector>

#include "thread_group.h"

namespace million_packets {

/** Makes the NativeSnapshot of contract.ts from counters that were read just now. */
Napi::Object snapshot_object(Napi::Env env, const std::vector<CountersReading>& readings);

}  // namespace million_packets
