#pragma once
#include <sched.h>

#include <cstddef>

namespace million_packets {

/** A set of CPUs of any size; the fixed cpu_set_t ends at CPU 1023. */
class CpuMask {
 public:
  explicit CpuMask(int cpus) : bytes_(CPU_ALLOC_SIZE(cpus)), set_(CPU_ALLOC(cpus)) { CPU_ZERO_S(bytes_, set_); }
  ~CpuMask() { CPU_FREE(set_); }
  CpuMask(const CpuMask&) = delete;
  CpuMask& operator=(const CpuMask&) = delete;

  void add(int cpu) { CPU_SET_S(cpu, bytes_, set_); }
  size_t bytes() const { return bytes_; }
  const cpu_set_t* set() const { return set_; }

 private:
  size_t bytes_;
  cpu_set_t* set_;
};

}  // namespace million_packets
