#pragma once
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "bpf.h"
#include "system_failure.h"

namespace million_packets {

/** An array map of one entry, mapped here too, so that programs and threads read and write the same memory without system calls. */
template <typename Content>
class SharedMemory {
 public:
  /** Zeros. Throws SystemFailure. */
  explicit SharedMemory(const char* name) : map_(create_map({name, BPF_MAP_TYPE_ARRAY, sizeof(uint32_t), sizeof(Content), 1, BPF_F_MMAPABLE})) {
    void* memory = mmap(nullptr, bytes(), PROT_READ | PROT_WRITE, MAP_SHARED, map_.get(), 0);
    if (memory == MAP_FAILED) throw SystemFailure{"mmap", errno, name};
    content_ = static_cast<Content*>(memory);
  }
  ~SharedMemory() { munmap(content_, bytes()); }
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  int map() const { return map_.get(); }
  Content* operator->() const { return content_; }
  Content& operator*() const { return *content_; }

 private:
  static size_t bytes() {
    const size_t page = sysconf(_SC_PAGESIZE);
    return (sizeof(Content) + page - 1) / page * page;
  }

  Descriptor map_;
  Content* content_ = nullptr;
};

/** Reads a number that a program on another CPU writes. */
inline uint64_t read_shared(const unsigned long long& number) { return __atomic_load_n(&number, __ATOMIC_RELAXED); }

}  // namespace million_packets
