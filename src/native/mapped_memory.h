#pragma once
#include <sys/mman.h>

#include <cerrno>
#include <cstddef>
#include <string>
#include <utility>

#include "system_failure.h"

namespace million_packets {

/** Memory from mmap that unmaps itself. */
class MappedMemory {
 public:
  MappedMemory() = default;

  /** Maps part of a descriptor's memory, shared with the kernel; descriptor -1 maps fresh zeros. Throws SystemFailure. */
  MappedMemory(int descriptor, size_t bytes, off_t offset, const std::string& subject) : bytes_(bytes) {
    const int flags = descriptor < 0 ? MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE : MAP_SHARED | MAP_POPULATE;
    void* address = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags, descriptor, offset);
    if (address == MAP_FAILED) throw SystemFailure{"mmap", errno, subject};
    address_ = static_cast<char*>(address);
  }
  ~MappedMemory() {
    if (address_) munmap(address_, bytes_);
  }
  MappedMemory(MappedMemory&& other) noexcept : address_(std::exchange(other.address_, nullptr)), bytes_(other.bytes_) {}
  MappedMemory& operator=(MappedMemory&& other) noexcept {
    std::swap(address_, other.address_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }

  /** The memory at an offset, as a pointer to T. */
  template <typename T>
  T* at(size_t offset) const {
    return reinterpret_cast<T*>(address_ + offset);
  }

 private:
  char* address_ = nullptr;
  size_t bytes_ = 0;
};

}  // namespace million_packets
