#include "namespace_sysfs.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "descriptor.h"
#include "in_namespace.h"
#include "system_failure.h"

namespace million_packets {
namespace {

Descriptor opened(const char* syscall_name, long value, const std::string& subject) {
  if (value < 0) throw SystemFailure{syscall_name, errno, subject};
  return Descriptor(static_cast<int>(value));
}

// sysfs shows the network namespace of whoever made the mount; a detached mount is seen by nobody else.
void write_here(const std::string& path, const std::string& text) {
  const Descriptor context = opened("fsopen", syscall(SYS_fsopen, "sysfs", FSOPEN_CLOEXEC), "sysfs");
  if (syscall(SYS_fsconfig, context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) throw SystemFailure{"fsconfig", errno, "sysfs"};
  const Descriptor mount = opened("fsmount", syscall(SYS_fsmount, context.get(), FSMOUNT_CLOEXEC, 0), "sysfs");
  const Descriptor file = opened("open", openat(mount.get(), path.c_str(), O_WRONLY | O_CLOEXEC), path);
  if (write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) throw SystemFailure{"write", errno, path};
}

}  // namespace

void write_namespace_sysfs(const std::string& namespace_path, const std::string& path, const std::string& text) {
  in_namespace(namespace_path, [&] { write_here(path, text); });
}

}  // namespace million_packets
