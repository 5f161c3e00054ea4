#pragma once
#include <string>

namespace million_packets {

/**
 * Says whether the checksums of packets that leave by a device may be left to it. On a veth nobody computes them then, and XDP on the far
 * end forgets that they are missing, so the receiver would refuse the packets. Throws SystemFailure.
 */
void set_transmit_checksums(const std::string& namespace_path, const std::string& device, bool by_device);

}  // namespace million_packets
