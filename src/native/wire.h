#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bpf.h"
#include "shared_memory.h"
#include "thread_group.h"
#include "wire_memory.h"

namespace million_packets {

/** One flow of packets. */
struct WireFlowConfig {
  std::string destination;
  int source_port;
};

/** One source: its flows, whose packets it sends in turn. */
struct WireSourceConfig {
  std::vector<WireFlowConfig> flows;
  /** Empty: as fast as it goes. */
  std::optional<double> offered_pps;
};

struct WireConfig {
  std::optional<int> cpu;
  std::string device;
  std::array<uint8_t, 6> source_mac;
  std::array<uint8_t, 6> destination_mac;
  std::string source_address;
  int destination_port;
  int payload_bytes;
  /** Runs between two flushes towards the far end. */
  int batch_runs;
  /** Each payload begins with a PayloadStamp, whose flows are numbered from first_flow on in the order of the sources. */
  bool sequenced;
  int first_flow;
  /** Sends what is late back to back instead of at twice the pace. */
  bool catches_up_at_once;
  std::vector<WireSourceConfig> sources;
};

/** Sends UDP packets from inside the kernel, on one thread for all sources: see bpf/wire.bpf.c. The far end must have an XDP program. */
class Wire {
 public:
  /** Loads everything in the network namespace of the calling thread; the thread waits for start(). Throws SystemFailure. */
  explicit Wire(const WireConfig& config);

  ThreadGroup& threads() { return threads_; }

  /** One reading for each source. The CPU time is that of the thread they share, and stands with the first. */
  std::vector<CountersReading> read() const;

 private:
  void run(RunGate& gate, ThreadCounters& counters);
  void send(const RunGate& gate, ThreadCounters& counters);

  SharedMemory<WireState> state_{"state"};
  SharedMemory<WireFlows> flows_{"flows"};
  std::vector<uint8_t> packet_;
  int payload_bytes_;
  uint32_t batch_runs_;
  Descriptor program_;
  // Last, so that its thread ends before what it uses.
  ThreadGroup threads_;
};

}  // namespace million_packets
