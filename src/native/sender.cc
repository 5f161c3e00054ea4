#include "sender.h"

#include <sys/prctl.h>
#include <sys/socket.h>

#include <memory>

#include "batch_sender.h"
#include "pacer.h"
#include "udp_socket.h"

namespace million_packets {
namespace {

constexpr int kSendTimeoutMs = 50;

UdpSocket open_socket(const std::string& destination, int destination_port, int source_port) {
  UdpSocket socket;
  // Lets several threads send from one source port: to the same destination they are a single flow.
  socket.set_option(SOL_SOCKET, SO_REUSEADDR, 1, "SO_REUSEADDR");
  socket.set_timeout(SO_SNDTIMEO, kSendTimeoutMs, "SO_SNDTIMEO");
  socket.bind("0.0.0.0", source_port);
  socket.connect(destination, destination_port);
  return socket;
}

std::vector<UdpSocket> open_sockets(const SenderThreadConfig& config) {
  std::vector<UdpSocket> sockets;
  for (const int source_port : config.source_ports) {
    for (const std::string& destination : config.destinations) {
      sockets.push_back(open_socket(destination, config.destination_port, source_port));
    }
  }
  return sockets;
}

void flood(BatchSender& sender, const RunGate& gate, ThreadCounters& counters) {
  while (sender.send_batch(gate, counters)) continue;
}

void pace(BatchSender& sender, double interval_ns, const RunGate& gate, ThreadCounters& counters) {
  // The default slack of 50 us would make every sleep end late.
  prctl(PR_SET_TIMERSLACK, 1);
  Pacer pacer(gate.start_ns(), interval_ns);
  while (pacer.wait(gate, counters) && sender.send_batch(gate, counters)) continue;
}

void send(const std::vector<UdpSocket>& sockets, const SenderThreadConfig& config, RunGate& gate, ThreadCounters& counters) {
  BatchSender sender(sockets, config.batch_packets, config.payload_bytes);
  if (!gate.wait()) return;
  if (config.offered_pps) pace(sender, config.batch_packets * 1e9 / *config.offered_pps, gate, counters);
  else flood(sender, gate, counters);
}

}  // namespace

Sender::Sender(const std::vector<SenderThreadConfig>& configs) {
  for (const SenderThreadConfig& config : configs) {
    auto sockets = std::make_shared<std::vector<UdpSocket>>(open_sockets(config));
    threads_.add(config.cpu, [=](RunGate& gate, ThreadCounters& counters) { send(*sockets, config, gate, counters); });
  }
}

}  // namespace million_packets
