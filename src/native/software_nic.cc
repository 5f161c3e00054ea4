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
  uint32_t entries = 1;
  for (const NicQueueConfig& queue : config.queues) entries = std::max(entries, queue.queue + 1);
  const Descriptor rings = create_map({"rings", BPF_MAP_TYPE_ARRAY_OF_MAPS, sizeof(uint32_t), sizeof(uint32_t), entries, 0, model.get()});
  for (const NicQueueConfig& queue : config.queues) {
    if (queue.has_socket) add_socket(queue);
    else add_ring(rings.get(), queue, config.ring_packets);
  }
  const bool has_sockets = std::any_of(config.queues.begin(), config.queues.end(), [](const NicQueueConfig& queue) { return queue.has_socket; });
  // Kernels without AF_XDP have no such map; where it is not needed, any that a packet may be redirected to satisfies the verifier.
  Descriptor sockets;
  if (has_sockets) {
    sockets = create_map({"sockets", BPF_MAP_TYPE_XSKMAP, sizeof(uint32_t), sizeof(uint32_t), 1});
    socket_map_number_ = map_number(sockets.get());
  }
  const int redirected = has_sockets ? sockets.get() : model.get();

  const Descriptor program = load_program(
      software_nic_program, {{"settings", {settings_.map()}}, {"queues", {queues_.map()}}, {"rules", {rules.get()}}, {"rings", {rings.get()}}, {"sockets", {redirected}}}, BPF_XDP);
  // The link holds the program, and the program its maps.
  in_namespace(config.namespace_path, [&] { link_ = link_to_driver(program.get(), config.device); });
}

void SoftwareNic::add_ring(int rings, const NicQueueConfig& config, uint32_t ring_packets) {
  const uint32_t queue = config.queue, cpu = config.cpu;
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
  rings_.push_back({queue, map_number(ring.get())});
}

void SoftwareNic::add_socket(const NicQueueConfig& config) {
  NicQueue& memory = (*queues_)[config.queue];
  memory.cpu = config.cpu;
  memory.has_socket = 1;
  rings_.push_back({config.queue, 0});
}

std::vector<NicQueueReading> SoftwareNic::read() const {
  std::vector<NicQueueReading> readings;
  for (const Ring& ring : rings_) {
    const NicQueue& memory = (*queues_)[ring.queue];
    // Serviced first: the other way round a packet could seem serviced that was never offered.
    const uint64_t serviced = read_shared(memory.serviced), offered = read_shared(memory.offered);
    // Where there is no ring, nothing waits or is dropped in one.
    readings.push_back({ring.queue, memory.cpu, ring.map_number, offered, memory.has_socket ? offered : serviced});
  }
  return readings;
}

}  // namespace million_packets
