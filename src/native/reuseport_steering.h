#pragma once
#include <vector>

#include "udp_socket.h"

namespace million_packets {

/** Packets whose softirq runs on `cpu` go to the socket of this number in its SO_REUSEPORT group. */
struct SteeringRule {
  int cpu;
  int socket;
};

/**
 * Gives the SO_REUSEPORT group of a bound socket these rules; packets that fit none are spread by the kernel's hash.
 * Throws SystemFailure.
 */
void steer_by_cpu(const UdpSocket& member, const std::vector<SteeringRule>& rules);

}  // namespace million_packets
