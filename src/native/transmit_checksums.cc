#include "transmit_checksums.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "descriptor.h"
#include "in_namespace.h"

namespace million_packets {

void set_transmit_checksums(const std::string& namespace_path, const std::string& device, bool by_device) {
  in_namespace(namespace_path, [&] {
    const Descriptor socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (socket.get() < 0) throw SystemFailure{"socket", errno, ""};
    ethtool_value value{ETHTOOL_STXCSUM, by_device ? 1u : 0u};
    ifreq request{};
    std::strncpy(request.ifr_name, device.c_str(), sizeof request.ifr_name - 1);
    request.ifr_data = reinterpret_cast<char*>(&value);
    if (ioctl(socket.get(), SIOCETHTOOL, &request) != 0) throw SystemFailure{"ioctl", errno, "ETHTOOL_STXCSUM " + device};
  });
}

}  // namespace million_packets
