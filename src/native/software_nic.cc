#include "software_nic.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstddef>

#include "in_namespace.h"

namespace million_packets {
namespace {

Descriptor create_ring(uint32_t cpu) {
  return create_map({"ring", BPF_MAP_TYPE_CPUMAP, sizeof(uint32_t), sizeof(bpf_cpumap_val), cpu + 1});
}

Descriptor create_rules(const std::vector<NicRule>& rules) {
  const uint32_t entries = std::max<uint32_t>(1, rules.size());
  Descriptor map = create_map({"rules", BPF_MAP_TYPE_HASH, sizeof(uint32_t), sizeof(uint32_t), entries});
  for (const NicRule& rule : rules) {
    in_addr destination;
    inet_pton(AF_INET, rule.destination.c_str(), &destination);
    update_map(map.get(), &destination.s_addr, &rule.queue);
  }
  return map;
}

}  // namespace

SoftwareNic::SoftwareNic(const SoftwareNicConfig& config) {
  std::copy(config.hash_of_byte.begin(), config.hash_of_byte.end(), &settings_->hash_of_byte[0][0]);
  std::copy(config.indirection_table.begin(), config.indirection_table.end(), settings_->table);
  settings_->table_mask = config.indirection_table.size() - 1;
  settings_->has_rules = config.rules.empty() ? 0 : 1;

  const Descriptor rules = create_rules(config.rules);
  const Descriptor model = create_ring(0);
  const uint32_t entries = config.queue_cpus.size();
  const Descriptor rings = create_map({"rings", BPF_MAP_TYPE_ARRAY_OF_MAPS, sizeof(uint32_t), sizeof(uint32_t), entries, 0, model.get()});
  for (uint32_t queue = 0; queue < entries; queue++) add_ring(rings.get(), queue, config.queue_cpus[queue], config.ring_packets);

  const Descriptor program = load_program(
      software_nic_program, {{"settings", {settings_.map()}}, {"queues", {queues_.map()}}, {"rules", {rules.get()}}, {"rings", {rings.get()}}}, BPF_XDP);
  // The link holds the program, and the program its maps.
  in_namespace(config.namespace_path, [&] { link_ = link_to_driver(program.get(), config.device); });
}

void SoftwareNic::add_ring(int rings, uint32_t queue, uint32_t cpu, uint32_t ring_packets) {
  const uint32_t counter_bytes = queue * sizeof(NicQueue);
  const Descriptor counter = load_program(count_serviced_program, {{"queues", {queues_.map(), counter_bytes}}}, BPF_XDP_CPUMAP);
  const Descriptor ring = create_ring(cpu);
  bpf_cpumap_val thread{};
  thread.qsize = ring_packets;
  thread.bpf_prog.fd = counter.get();
  update_map(ring.get(), &cpu, &thread);
  const int descriptor = ring.get();
  update_map(rings, &queue, &descriptor);
  (*queues_)[queue].cpu = cpu;
  map_numbers_.push_back(map_number(ring.get()));
}

std::vector<NicQueueReading> SoftwareNic::read() const {
  std::vector<NicQueueReading> readings;
  for (size_t queue = 0; queue < map_numbers_.size(); queue++) {
    const NicQueue& memory = (*queues_)[queue];
    // Serviced first: the other way round a packet could seem serviced that was never offered.
    const uint64_t serviced = read_shared(memory.serviced);
    readings.push_back({memory.cpu, map_numbers_[queue], read_shared(memory.offered), serviced});
  }
  return readings;
}

}  // namespace million_packets
