#pragma once
#include <string>

namespace million_packets {

/** A system call that failed: becomes a JavaScript Error with code, errno and syscall. */
struct SystemFailure {
  std::string syscall;
  int error_number;
  /** What it was about, such as `127.0.0.1:9000`; empty when there is nothing to say. */
  std::string subject;
};

}  // namespace million_packets
