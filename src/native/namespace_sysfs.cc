#include "namespace_sysfs.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <thread>

#include "calling_thread.h"
#include "system_failure.h"

namespace million_packets {
namespace {

class Descriptor {
 public:
  Descriptor(const char* syscall_name, long value, const std::string& subject) : value_(static_cast<int>(value)) {
    if (value_ < 0) throw SystemFailure{syscall_name, errno, subject};
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(value_); }
  int get() const { return value_; }

 private:
  int value_;
};

// sysfs shows the network namespace of whoever made the mount; a detached mount is seen by nobody else.
void write_here(const std::string& path, const std::string& text) {
  const Descriptor context("fsopen", syscall(SYS_fsopen, "sysfs", FSOPEN_CLOEXEC), "sysfs");
  if (syscall(SYS_fsconfig, context.get(), FSCONFIG_CMD_CREATE, nullptr, nullptr, 0) != 0) throw SystemFailure{"fsconfig", errno, "sysfs"};
  const Descriptor mount("fsmount", syscall(SYS_fsmount, context.get(), FSMOUNT_CLOEXEC, 0), "sysfs");
  const Descriptor file("open", openat(mount.get(), path.c_str(), O_WRONLY | O_CLOEXEC), path);
  if (write(file.get(), text.data(), text.size()) != static_cast<ssize_t>(text.size())) throw SystemFailure{"write", errno, path};
}

}  // namespace

void write_namespace_sysfs(const std::string& namespace_path, const std::string& path, const std::string& text) {
  std::optional<SystemFailure> failure;
  // A thread of its own, because entering a namespace cannot be taken back without a handle on the old one.
  std::thread([&] {
    try {
      enter_namespace(namespace_path);
      write_here(path, text);
    } catch (const SystemFailure& caught) {
      failure = caught;
    }
  }).join();
  if (failure) throw *failure;
}

}  // namespace million_packets
