#pragma once
#include <string>

namespace million_packets {

/**
 * Writes `text` into the sysfs file at `path` (relative, such as `class/net/eth2/queues/rx-0/rps_cpus`) as the network namespace
 * at `namespace_path` sees it. Mounts nothing: the caller's file tree and namespace stay as they are. Throws SystemFailure.
 */
void write_namespace_sysfs(const std::string& namespace_path, const std::string& path, const std::string& text);

}  // namespace million_packets
