#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace million_packets {

/** An instruction pair that must hold the address of a map, or of the memory inside one. */
struct BpfRelocation {
  size_t instruction;
  const char* map;
  bool is_memory;
};

/** A program as bpf(2) takes it, before the maps of this process are put in. */
struct BpfProgram {
  const char* name;
  std::vector<uint64_t> instructions;
  std::vector<BpfRelocation> relocations;
};

extern const BpfProgram af_xdp_program;
extern const BpfProgram software_nic_program;
extern const BpfProgram count_serviced_program;
extern const BpfProgram wire_program;

}  // namespace million_packets
