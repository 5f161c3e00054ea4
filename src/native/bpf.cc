#include "bpf.h"

#include <linux/if_link.h>
#include <net/if.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "system_failure.h"

namespace million_packets {
namespace {

constexpr size_t kLogBytes = 16 << 20;

uint64_t address(const void* pointer) { return reinterpret_cast<uint64_t>(pointer); }

long bpf(bpf_cmd command, bpf_attr& attributes) { return syscall(SYS_bpf, command, &attributes, sizeof attributes); }

bpf_attr no_attributes() {
  bpf_attr attributes;
  // Padding counts: the kernel refuses what it does not know unless it is zero.
  std::memset(&attributes, 0, sizeof attributes);
  return attributes;
}

Descriptor opened(long result, const std::string& subject) {
  if (result < 0) throw SystemFailure{"bpf", errno, subject};
  return Descriptor(static_cast<int>(result));
}

void put_map(std::vector<bpf_insn>& instructions, const BpfRelocation& relocation, const BpfMapPlace& place) {
  bpf_insn& low = instructions.at(relocation.instruction);
  bpf_insn& high = instructions.at(relocation.instruction + 1);
  // The compiler leaves the distance from the start of the object in the instruction.
  if (relocation.is_memory) high.imm = low.imm + static_cast<int32_t>(place.offset_bytes);
  low.src_reg = relocation.is_memory ? BPF_PSEUDO_MAP_VALUE : BPF_PSEUDO_MAP_FD;
  low.imm = place.map;
}

}  // namespace

Descriptor create_map(const BpfMapShape& shape) {
  bpf_attr attributes = no_attributes();
  attributes.map_type = shape.type;
  attributes.key_size = shape.key_bytes;
  attributes.value_size = shape.value_bytes;
  attributes.max_entries = shape.entries;
  attributes.map_flags = shape.flags;
  if (shape.inner_map >= 0) attributes.inner_map_fd = shape.inner_map;
  std::strncpy(attributes.map_name, shape.name, sizeof attributes.map_name - 1);
  return opened(bpf(BPF_MAP_CREATE, attributes), std::string("map ") + shape.name);
}

void update_map(int map, const void* key, const void* value) {
  bpf_attr attributes = no_attributes();
  attributes.map_fd = map;
  attributes.key = address(key);
  attributes.value = address(value);
  if (bpf(BPF_MAP_UPDATE_ELEM, attributes) != 0) throw SystemFailure{"bpf", errno, "update of map " + std::to_string(map_number(map))};
}

Descriptor open_map(uint32_t number) {
  bpf_attr attributes = no_attributes();
  attributes.map_id = number;
  return opened(bpf(BPF_MAP_GET_FD_BY_ID, attributes), "map " + std::to_string(number));
}

uint32_t map_number(int map) {
  bpf_map_info information;
  std::memset(&information, 0, sizeof information);
  bpf_attr attributes = no_attributes();
  attributes.info.bpf_fd = map;
  attributes.info.info_len = sizeof information;
  attributes.info.info = address(&information);
  if (bpf(BPF_OBJ_GET_INFO_BY_FD, attributes) != 0) throw SystemFailure{"bpf", errno, "map information"};
  return information.id;
}

Descriptor load_program(const BpfProgram& program, const std::map<std::string, BpfMapPlace>& maps, bpf_attach_type attach_type) {
  std::vector<bpf_insn> instructions(program.instructions.size());
  static_assert(sizeof(bpf_insn) == sizeof program.instructions[0]);
  std::memcpy(instructions.data(), program.instructions.data(), instructions.size() * sizeof(bpf_insn));
  for (const BpfRelocation& relocation : program.relocations) put_map(instructions, relocation, maps.at(relocation.map));

  bpf_attr attributes = no_attributes();
  attributes.prog_type = BPF_PROG_TYPE_XDP;
  attributes.expected_attach_type = attach_type;
  attributes.insns = address(instructions.data());
  attributes.insn_cnt = instructions.size();
  attributes.license = address("Dual MIT/GPL");
  std::strncpy(attributes.prog_name, program.name, sizeof attributes.prog_name - 1);
  const long result = bpf(BPF_PROG_LOAD, attributes);
  if (result >= 0) return Descriptor(static_cast<int>(result));

  // Asked for only now, because a log slows the verifier down.
  const int error = errno;
  std::vector<char> log(kLogBytes, 0);
  attributes.log_buf = address(log.data());
  attributes.log_size = log.size();
  attributes.log_level = 1;
  const long again = bpf(BPF_PROG_LOAD, attributes);
  if (again >= 0) return Descriptor(static_cast<int>(again));
  throw SystemFailure{"bpf", error, std::string("program ") + program.name + (log[0] ? std::string("; the verifier says:\n") + log.data() : "")};
}

Descriptor link_to_driver(int program, const std::string& device) {
  const unsigned index = if_nametoindex(device.c_str());
  if (index == 0) throw SystemFailure{"if_nametoindex", errno, device};
  bpf_attr attributes = no_attributes();
  attributes.link_create.prog_fd = program;
  attributes.link_create.target_ifindex = index;
  attributes.link_create.attach_type = BPF_XDP;
  attributes.link_create.flags = XDP_FLAGS_DRV_MODE;
  return opened(bpf(BPF_LINK_CREATE, attributes), "XDP on " + device);
}

void run_with_live_frames(int program, const std::vector<uint8_t>& packet, LiveFrameRuns runs) {
  bpf_attr attributes = no_attributes();
  attributes.test.prog_fd = program;
  attributes.test.data_in = address(packet.data());
  attributes.test.data_size_in = packet.size();
  attributes.test.repeat = runs.total;
  attributes.test.flags = BPF_F_TEST_XDP_LIVE_FRAMES;
  attributes.test.batch_size = runs.batch;
  if (bpf(BPF_PROG_TEST_RUN, attributes) != 0 && errno != EINTR) throw SystemFailure{"bpf", errno, "live frames"};
}

}  // namespace million_packets
