#include "receiver.h"

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "application_work.h"
#include "clock.h"
#include "message_batch.h"

namespace million_packets {
namespace {

constexpr int kReceiveTimeoutMs = 50;
/** The article's buffers: 2048 bytes less two cache lines. */
constexpr int kSmallestStrideBytes = 1920;

UdpSocket open_socket(const ReceiverConfig& config) {
  UdpSocket socket;
  socket.set_option(SOL_SOCKET, SO_REUSEADDR, 1, "SO_REUSEADDR");
  if (config.socket_per_thread) socket.set_option(SOL_SOCKET, SO_REUSEPORT, 1, "SO_REUSEPORT");
  if (config.socket_buffer_bytes) socket.set_receive_buffer(*config.socket_buffer_bytes);
  socket.set_timeout(SO_RCVTIMEO, kReceiveTimeoutMs, "SO_RCVTIMEO");
  socket.bind(config.address, config.port);
  return socket;
}

void count_batch(const mmsghdr* messages, int packets, ThreadCounters& counters) {
  uint64_t bytes = 0;
  for (int index = 0; index < packets; index++) bytes += messages[index].msg_len;
  counters.packets.add(packets);
  counters.bytes.add(bytes);
  counters.calls.add(1);
}

void receive(int descriptor, const ReceiverConfig& config, RunGate& gate, ThreadCounters& counters) {
  const int stride_bytes = std::max(kSmallestStrideBytes, config.payload_bytes);
  MessageBatch batch(config.batch_packets, stride_bytes, stride_bytes);
  if (!gate.wait()) return;
  // The coarse clock is good enough for a deadline, and this loop is what the kit measures.
  while (!gate.stopped() && coarse_monotonic_ns() < gate.deadline_ns()) {
    const int packets = recvmmsg(descriptor, batch.messages(), batch.packets(), MSG_WAITFORONE, nullptr);
    if (packets > 0) {
      count_batch(batch.messages(), packets, counters);
      if (config.work_ns > 0) burn(packets * config.work_ns, gate);
    } else if (errno != EAGAIN && errno != EINTR) {
      counters.errors.add(1);
    }
  }
}

}  // namespace

Receiver::Receiver(const ReceiverConfig& config) {
  const size_t socket_count = config.socket_per_thread ? config.cpus.size() : 1;
  for (size_t index = 0; index < socket_count; index++) sockets_.push_back(open_socket(config));
  if (!config.steering.empty()) steer_by_cpu(sockets_.front(), config.steering);

  for (size_t index = 0; index < config.cpus.size(); index++) {
    const int descriptor = sockets_[index % socket_count].descriptor();
    threads_.add(config.cpus[index], [=](RunGate& gate, ThreadCounters& counters) { receive(descriptor, config, gate, counters); });
  }
}

std::vector<SocketMemory> Receiver::sockets() const {
  if (sockets_.empty()) return last_reading_;
  std::vector<SocketMemory> readings;
  for (const UdpSocket& socket : sockets_) readings.push_back(socket.memory());
  return readings;
}

void Receiver::close() {
  last_reading_ = sockets();
  sockets_.clear();
}

}  // namespace million_packets
