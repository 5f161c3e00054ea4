#include "wire.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/udp.h>
#include <net/if.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstddef>
#include <cstring>

#include "clock.h"
#include "payload_stamp.h"
#include "system_failure.h"
#include "thread_alarm.h"

namespace million_packets {
namespace {

constexpr size_t kHeaderBytes = sizeof(ethhdr) + sizeof(iphdr) + sizeof(udphdr);
constexpr int kTimeToLive = 64;
static_assert(sizeof(WireStamp) == sizeof(PayloadStamp) && offsetof(WireStamp, sent_ns) == offsetof(PayloadStamp, sent_ns) &&
              int{kStampSequenceBits} == PayloadStamp::kSequenceBits);
constexpr uint32_t kMostRuns = INT32_MAX;
/** Between two packets, a third of a year: the schedule's unit is small. */
constexpr double kLongestIntervalNs = 1e16;

uint32_t address_of(const std::string& text) {
  in_addr address;
  inet_pton(AF_INET, text.c_str(), &address);
  return address.s_addr;
}

// RFC 1071.
uint16_t header_checksum(const iphdr& header) {
  uint16_t words[sizeof header / 2];
  std::memcpy(words, &header, sizeof header);
  uint32_t sum = 0;
  for (const uint16_t word : words) sum += word;
  while (sum >> 16) sum = (sum & 0xffff) + (sum >> 16);
  return static_cast<uint16_t>(~sum);
}

iphdr ip_header(const WireConfig& config) {
  iphdr header{};
  header.version = 4;
  header.ihl = sizeof header / 4;
  header.tot_len = htons(sizeof(iphdr) + sizeof(udphdr) + config.payload_bytes);
  header.frag_off = htons(0x4000);
  header.ttl = kTimeToLive;
  header.protocol = IPPROTO_UDP;
  header.saddr = address_of(config.source_address);
  return header;
}

/** A packet without what differs from flow to flow. Its UDP checksum is 0: none was computed (RFC 768). */
std::vector<uint8_t> packet(const WireConfig& config) {
  std::vector<uint8_t> bytes(kHeaderBytes + config.payload_bytes, 0);
  ethhdr ethernet{};
  std::copy(config.destination_mac.begin(), config.destination_mac.end(), ethernet.h_dest);
  std::copy(config.source_mac.begin(), config.source_mac.end(), ethernet.h_source);
  ethernet.h_proto = htons(ETH_P_IP);
  const iphdr ip = ip_header(config);
  udphdr udp{};
  udp.dest = htons(config.destination_port);
  udp.len = htons(sizeof udp + config.payload_bytes);
  std::memcpy(bytes.data(), &ethernet, sizeof ethernet);
  std::memcpy(bytes.data() + sizeof ethernet, &ip, sizeof ip);
  std::memcpy(bytes.data() + sizeof ethernet + sizeof ip, &udp, sizeof udp);
  return bytes;
}

WireFlow flow(const WireConfig& config, const WireFlowConfig& each) {
  iphdr header = ip_header(config);
  header.daddr = address_of(each.destination);
  return {header.daddr, htons(each.source_port), header_checksum(header), 0};
}

uint64_t interval(std::optional<double> offered_pps) {
  if (!offered_pps) return 0;
  return std::max<uint64_t>(1, std::llround(std::min(1e9 / *offered_pps, kLongestIntervalNs) * (1 << kScheduleShift)));
}

}  // namespace

Wire::Wire(const WireConfig& config) : packet_(packet(config)), payload_bytes_(config.payload_bytes), batch_runs_(config.batch_runs) {
  state_->interface = if_nametoindex(config.device.c_str());
  if (state_->interface == 0) throw SystemFailure{"if_nametoindex", errno, config.device};
  state_->is_stamped = config.sequenced;
  state_->first_stamp_flow = config.first_flow;
  uint32_t flows = 0;
  for (const WireSourceConfig& source : config.sources) {
    WireSource& shared = state_->source[state_->sources++];
    shared.first_flow = flows;
    shared.flows = source.flows.size();
    shared.interval = interval(source.offered_pps);
    shared.shortest_interval = config.catches_up_at_once ? 0 : shared.interval / 2;
    for (const WireFlowConfig& each : source.flows) flows_->flow[flows++] = flow(config, each);
  }
  program_ = load_program(wire_program, {{"state", {state_.map()}}, {"flows", {flows_.map()}}}, BPF_XDP);
  // No packet leaves before there is a deadline: this only asks whether the kernel knows live frames.
  run_with_live_frames(program_.get(), packet_, {1, 1});
  threads_.add(config.cpu, [this](RunGate& gate, ThreadCounters& counters) {
    if (gate.wait()) run(gate, counters);
  });
}

void Wire::run(RunGate& gate, ThreadCounters& counters) {
  try {
    ThreadAlarm alarm;
    alarm.ring_from(gate.deadline_ns());
    gate.on_stop([&] { alarm.ring_from(monotonic_ns()); });
    state_->deadline_ns = gate.deadline_ns();
    send(gate, counters);
    gate.on_stop(nullptr);
  } catch (const SystemFailure&) {
    counters.errors.add(1);
  }
}

void Wire::send(const RunGate& gate, ThreadCounters& counters) {
  while (!gate.stopped() && monotonic_ns() < gate.deadline_ns()) {
    try {
      run_with_live_frames(program_.get(), packet_, {batch_runs_, kMostRuns});
    } catch (const SystemFailure&) {
      counters.errors.add(1);
      return;
    }
  }
}

std::vector<CountersReading> Wire::read() const {
  const CountersReading thread = threads_.read().at(0);
  std::vector<CountersReading> readings;
  for (uint32_t index = 0; index < state_->sources; index++) {
    const WireSource& source = state_->source[index];
    const uint64_t sent = read_shared(source.sent);
    const bool is_first = index == 0;
    readings.push_back({sent, sent * payload_bytes_, sent, is_first ? thread.errors : 0, is_first ? static_cast<uint64_t>(thread.cpu_ns) : 0, read_shared(source.lateness_ns),
                        is_first ? thread.cpu_ns : 0, is_first ? thread.switches : ContextSwitches{},
                        read_shared(source.skipped)});
  }
  return readings;
}

}  // namespace million_packets
