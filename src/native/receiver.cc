#include "receiver.h"

#include <netinet/udp.h>
#include <sys/socket.h>

#include "application_work.h"
#include "clock.h"
#include "io_uring_reader.h"
#include "socket_reader.h"

namespace million_packets {
namespace {

constexpr int kReceiveTimeoutMs = 50;

UdpSocket open_socket(const ReceiverConfig& config) {
  UdpSocket socket;
  socket.set_option(SOL_SOCKET, SO_REUSEADDR, 1, "SO_REUSEADDR");
  if (config.socket_per_thread) socket.set_option(SOL_SOCKET, SO_REUSEPORT, 1, "SO_REUSEPORT");
  if (config.socket_buffer_bytes) socket.set_receive_buffer(*config.socket_buffer_bytes);
  if (config.gro) socket.set_option(SOL_UDP, UDP_GRO, 1, "UDP_GRO");
  if (config.busy_poll_us) {
    socket.set_option(SOL_SOCKET, SO_BUSY_POLL, *config.busy_poll_us, "SO_BUSY_POLL");
    socket.set_option(SOL_SOCKET, SO_PREFER_BUSY_POLL, 1, "SO_PREFER_BUSY_POLL");
  }
  socket.set_timeout(SO_RCVTIMEO, kReceiveTimeoutMs, "SO_RCVTIMEO");
  socket.bind(config.address, config.port);
  return socket;
}

SocketReaderConfig socket_reader_config(const ReceiverConfig& config) {
  const bool singly = config.path == ReceivePath::recv;
  return {singly ? 1 : config.batch_packets, config.payload_bytes, singly, config.spins, config.gro, config.sequenced};
}

IoUringReaderConfig io_uring_reader_config(const ReceiverConfig& config) {
  return {config.batch_packets, config.payload_bytes, kReceiveTimeoutMs, config.spins, config.sequenced};
}

}  // namespace

Receiver::Receiver(const ReceiverConfig& config)
    : work_ns_(config.work_ns), shares_sockets_(!config.socket_per_thread && config.cpus.size() > 1) {
  if (config.sequenced) tracker_ = std::make_unique<SequenceTracker>();
  if (config.path == ReceivePath::af_xdp) {
    add_xdp_thread(config);
    return;
  }
  const size_t socket_count = config.socket_per_thread ? config.cpus.size() : 1;
  for (size_t index = 0; index < socket_count; index++) sockets_.push_back(open_socket(config));
  if (!config.steering.empty()) steer_by_cpu(sockets_.front(), config.steering);

  for (size_t index = 0; index < config.cpus.size(); index++) {
    observations_.push_back(std::make_unique<ThreadObservations>());
    add_thread(config, config.cpus[index], sockets_[index % socket_count], *observations_.back());
  }
}

void Receiver::add_thread(const ReceiverConfig& config, std::optional<int> cpu, const UdpSocket& socket, ThreadObservations& observations) {
  if (config.path == ReceivePath::io_uring) {
    // Made here, where a failure still reaches the caller.
    auto reader = std::make_shared<IoUringReader>(socket.descriptor(), io_uring_reader_config(config));
    threads_.add(cpu, [=, &socket, &observations](RunGate& gate, ThreadCounters& counters) {
      receive(*reader, &socket, observations, gate, counters);
      reader->close();
    });
  } else {
    threads_.add(cpu, [=, &socket, &observations](RunGate& gate, ThreadCounters& counters) {
      SocketReader reader(socket.descriptor(), socket_reader_config(config));
      receive(reader, &socket, observations, gate, counters);
    });
  }
}

void Receiver::add_xdp_thread(const ReceiverConfig& config) {
  xdp_ = std::make_unique<XdpReader>(
      XdpReaderConfig{config.device, config.port, config.socket_map_number, config.batch_packets, kReceiveTimeoutMs, config.spins, config.sequenced});
  observations_.push_back(std::make_unique<ThreadObservations>());
  threads_.add(config.cpus.front(), [this](RunGate& gate, ThreadCounters& counters) {
    receive(*xdp_, nullptr, *observations_.front(), gate, counters);
  });
}

void Receiver::receive(PacketReader& reader, const UdpSocket* socket, ThreadObservations& observations, RunGate& gate, ThreadCounters& counters) {
  ReadBatch batch;
  if (!gate.wait()) return;
  // The coarse clock is good enough for a deadline, and this loop is what the kit measures.
  while (!gate.stopped() && coarse_monotonic_ns() < gate.deadline_ns()) {
    reader.read(batch);
    if (batch.failed) counters.errors.add(1);
    if (batch.messages == 0) continue;
    counters.packets.add(batch.datagrams);
    counters.bytes.add(batch.bytes);
    counters.calls.add(1);
    observations.batches.count(batch.messages);
    if (tracker_) tracker_->observe(batch.payloads, monotonic_ns(), observations.latencies);
    if (work_ns_ > 0) burn(static_cast<double>(batch.datagrams) * work_ns_, gate);
    if (socket && !shares_sockets_ && observations.truesize.is_open()) {
      observations.truesize.observe(batch.messages, batch.drained, socket->memory().queued_bytes);
    }
  }
}

std::vector<SocketReading> Receiver::sockets() const {
  if (xdp_) {
    const xdp_statistics statistics = xdp_->statistics();
    return {{{0, XdpReader::kBufferBytes, XdpReader::dropped(statistics)}, 0, statistics}};
  }
  if (sockets_.empty()) return last_reading_;
  std::vector<SocketReading> readings;
  for (size_t index = 0; index < sockets_.size(); index++) readings.push_back({sockets_[index].memory(), observations_[index]->truesize.truesize_bytes(), {}});
  return readings;
}

std::optional<SequenceVerdict> Receiver::verdict() const {
  if (!tracker_) return std::nullopt;
  return tracker_->verdict();
}

void Receiver::close() {
  last_reading_ = sockets();
  sockets_.clear();
  xdp_.reset();
}

}  // namespace million_packets
