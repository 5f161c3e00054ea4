#pragma once
#include <string>

namespace million_packets {

/**
 * Switches a feature of a network interface, by the name that `ethtool -k` lists, such as tx-udp-segmentation. Throws SystemFailure:
 * ENODEV without such an interface, EOPNOTSUPP without such a feature or where the driver keeps it as it is.
 */
void set_device_feature(const std::string& namespace_path, const std::string& device, const std::string& feature, bool on);

}  // namespace million_packets
