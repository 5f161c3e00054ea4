#include "sender.h"

#include <netinet/udp.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <memory>

#include "batch_sender.h"
#include "pacer.h"
#include "udp_socket.h"

namespace million_packets {
namespace {

constexpr int kSendTimeoutMs = 50;

UdpSocket open_socket(const SenderThreadConfig& config, const std::string& destination, int source_port) {
  UdpSocket socket;
  // Lets several threads send from one source port: to the same destination they are a single flow.
  socket.set_option(SOL_SOCKET, SO_REUSEADDR, 1, "SO_REUSEADDR");
  socket.set_timeout(SO_SNDTIMEO, kSendTimeoutMs, "SO_SNDTIMEO");
  if (config.segments > 1) socket.set_option(SOL_UDP, UDP_SEGMENT, config.payload_bytes, "UDP_SEGMENT");
  socket.bind("0.0.0.0", source_port);
  socket.connect(destination, config.destination_port);
  return socket;
}

std::vector<UdpSocket> open_sockets(const SenderThreadConfig& config) {
  std::vector<UdpSocket> sockets;
  for (const int source_port : config.source_ports) {
    for (const std::string& destination : config.destinations) sockets.push_back(open_socket(config, destination, source_port));
  }
  return sockets;
}

void flood(BatchSender& sender, const RunGate& gate, ThreadCounters& counters) {
  while (sender.send_batch(gate, counters)) continue;
}

void pace(BatchSender& sender, Pacer pacer, const RunGate& gate, ThreadCounters& counters) {
  // The default slack of 50 us would make every sleep end late.
  prctl(PR_SET_TIMERSLACK, 1);
  while (pacer.wait(gate, counters) && sender.send_batch(gate, counters, pacer.intended_ns())) continue;
}

void send(const std::vector<UdpSocket>& sockets, const SenderThreadConfig& config, uint16_t first_flow, RunGate& gate, ThreadCounters& counters) {
  BatchSender sender(sockets, {config.batch_packets, config.payload_bytes, config.segments, config.sequenced}, first_flow);
  if (!gate.wait()) return;
  if (!config.offered_pps) return flood(sender, gate, counters);
  const double interval_ns = config.batch_packets * config.segments * 1e9 / *config.offered_pps;
  pace(sender, Pacer(Schedule(gate.start_ns(), interval_ns, config.arrivals)), gate, counters);
}

}  // namespace

Sender::Sender(const std::vector<SenderThreadConfig>& configs) {
  uint16_t flows = 0;
  for (const SenderThreadConfig& config : configs) {
    auto sockets = std::make_shared<std::vector<UdpSocket>>(open_sockets(config));
    threads_.add(config.cpu, [=](RunGate& gate, ThreadCounters& counters) { send(*sockets, config, flows, gate, counters); });
    flows += static_cast<uint16_t>(sockets->size());
  }
}

}  // namespace million_packets
