#pragma once
#include <napi.h>

#include "receiver.h"

namespace million_packets {

/** Makes the ArrivalReading of contract.ts. */
Napi::Object arrivals_object(Napi::Env env, const Receiver& receiver);

}  // namespace million_packets
