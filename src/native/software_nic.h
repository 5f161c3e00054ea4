#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "bpf.h"
#include "nic_memory.h"
#include "shared_memory.h"

namespace million_packets {

/** Packets to this destination go to this queue whatever they hash to, like an n-tuple rule of ethtool. */
struct NicRule {
  std::string destination;
  uint32_t queue;
};

/** A queue, and the CPU that serves it. */
struct NicQueueConfig {
  uint32_t queue;
  uint32_t cpu;
  /** An AF_XDP socket takes its frames: see SoftwareNic::socket_map_number. */
  bool has_socket;
};

struct SoftwareNicConfig {
  /** Path of the network namespace, and the veth inside it. */
  std::string namespace_path;
  std::string device;
  /** kHashedBytes times 256 contributions to the Toeplitz hash. */
  std::vector<uint32_t> hash_of_byte;
  /** Queue of each entry, a power of two of them. */
  std::vector<uint32_t> indirection_table;
  std::vector<NicQueueConfig> queues;
  uint32_t ring_packets;
  std::vector<NicRule> rules;
};

/** Counters of one queue; what was offered and not serviced was dropped at the ring, or lies in it still. */
struct NicQueueReading {
  uint32_t queue;
  uint32_t cpu;
  /** Number of the queue's map, by which its kernel thread `cpumap/CPU/map:NUMBER` is found; 0 for a queue of an AF_XDP socket. */
  uint32_t map_number;
  uint64_t offered;
  uint64_t serviced;
};

/** A multi-queue NIC made of XDP programs on a veth: see bpf/software-nic.bpf.c. It is there as long as this object. */
class SoftwareNic {
 public:
  /** Throws SystemFailure. */
  explicit SoftwareNic(const SoftwareNicConfig& config);

  std::vector<NicQueueReading> read() const;

  /** Number of the XSKMAP that an AF_XDP socket of the device enters to get the frames of the queues that have one; 0 where none has. */
  uint32_t socket_map_number() const { return socket_map_number_; }

 private:
  void add_ring(int rings, const NicQueueConfig& config, uint32_t ring_packets);
  void add_socket(const NicQueueConfig& config);

  SharedMemory<NicSettings> settings_{"settings"};
  SharedMemory<std::array<NicQueue, kMostQueues>> queues_{"queues"};
  struct Ring {
    uint32_t queue;
    uint32_t map_number;
  };
  std::vector<Ring> rings_;
  uint32_t socket_map_number_ = 0;
  Descriptor link_;
};

}  // namespace million_packets
