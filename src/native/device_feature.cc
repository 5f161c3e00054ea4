#include "device_feature.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <vector>

#include "descriptor.h"
#include "in_namespace.h"
#include "system_failure.h"

namespace million_packets {
namespace {

/** The ioctl of ethtool on one interface of the calling thread's namespace. */
class Ethtool {
 public:
  explicit Ethtool(const std::string& device) : device_(device), socket_(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    if (socket_.get() < 0) throw SystemFailure{"socket", errno, ""};
  }

  /** Returns what the ioctl returns; `command` begins with the number of the command. */
  int run(void* command, const std::string& subject) const {
    ifreq request{};
    std::strncpy(request.ifr_name, device_.c_str(), sizeof request.ifr_name - 1);
    request.ifr_data = static_cast<char*>(command);
    const int result = ioctl(socket_.get(), SIOCETHTOOL, &request);
    if (result < 0) throw SystemFailure{"ioctl", errno, subject + " of " + device_};
    return result;
  }

 private:
  std::string device_;
  Descriptor socket_;
};

// Structures that end in a flexible array are laid out in words.
using Words = std::vector<uint32_t>;

/** Names of all features, in the order of their bits. */
std::vector<std::string> feature_names(const Ethtool& ethtool) {
  Words info(sizeof(ethtool_sset_info) / sizeof(uint32_t) + 1);
  auto* set = reinterpret_cast<ethtool_sset_info*>(info.data());
  set->cmd = ETHTOOL_GSSET_INFO;
  set->sset_mask = 1ULL << ETH_SS_FEATURES;
  ethtool.run(info.data(), "ETHTOOL_GSSET_INFO");
  const uint32_t count = info.back();

  Words strings((sizeof(ethtool_gstrings) + count * ETH_GSTRING_LEN) / sizeof(uint32_t));
  auto* names = reinterpret_cast<ethtool_gstrings*>(strings.data());
  names->cmd = ETHTOOL_GSTRINGS;
  names->string_set = ETH_SS_FEATURES;
  names->len = count;
  ethtool.run(strings.data(), "ETHTOOL_GSTRINGS");
  std::vector<std::string> result;
  const char* first = reinterpret_cast<const char*>(strings.data()) + sizeof(ethtool_gstrings);
  for (uint32_t index = 0; index < count; index++) {
    const char* name = first + index * ETH_GSTRING_LEN;
    result.emplace_back(name, strnlen(name, ETH_GSTRING_LEN));
  }
  return result;
}

std::optional<size_t> position(const std::vector<std::string>& names, const std::string& name) {
  for (size_t index = 0; index < names.size(); index++) {
    if (names[index] == name) return index;
  }
  return std::nullopt;
}

}  // namespace

void set_device_feature(const std::string& namespace_path, const std::string& device, const std::string& feature, bool on) {
  in_namespace(namespace_path, [&] {
    const Ethtool ethtool(device);
    const std::vector<std::string> names = feature_names(ethtool);
    const std::optional<size_t> bit = position(names, feature);
    if (!bit) throw SystemFailure{"ioctl", EOPNOTSUPP, feature + " of " + device};

    const size_t blocks = (names.size() + 31) / 32;
    Words words((sizeof(ethtool_sfeatures) + blocks * sizeof(ethtool_set_features_block)) / sizeof(uint32_t));
    auto* request = reinterpret_cast<ethtool_sfeatures*>(words.data());
    request->cmd = ETHTOOL_SFEATURES;
    request->size = static_cast<uint32_t>(blocks);
    const uint32_t mask = 1u << *bit % 32;
    request->features[*bit / 32] = {mask, on ? mask : 0};
    // A driver may refuse without an error: the answer's bits say so.
    if (ethtool.run(words.data(), feature) != 0) throw SystemFailure{"ioctl", EOPNOTSUPP, feature + " of " + device};
  });
}

}  // namespace million_packets
