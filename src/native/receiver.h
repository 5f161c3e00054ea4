#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "batch_histogram.h"
#include "latency_histogram.h"
#include "packet_reader.h"
#include "reuseport_steering.h"
#include "sequence_tracker.h"
#include "thread_group.h"
#include "truesize_bounds.h"
#include "udp_socket.h"
#include "xdp_reader.h"

namespace million_packets {

/** How packets reach a reading thread. */
enum class ReceivePath { recvmmsg, recv, io_uring, af_xdp };

/** Where to receive, with how many sockets and threads, and how. */
struct ReceiverConfig {
  std::string address;
  int port;
  /** One SO_REUSEPORT socket for each thread; otherwise all threads read one socket. */
  bool socket_per_thread;
  /** CPU of each thread. */
  std::vector<std::optional<int>> cpus;
  ReceivePath path;
  /** Interface whose frames af_xdp takes; the other paths bind the address instead. */
  std::string device;
  /** For af_xdp: the XSKMAP of a program that is on the interface already. */
  std::optional<uint32_t> socket_map_number;
  /** Asks again at once when nothing has come, instead of sleeping. */
  bool spins;
  /** SO_BUSY_POLL: how long a read polls the device before it sleeps. */
  std::optional<int> busy_poll_us;
  /** UDP_GRO: one buffer may hold several datagrams. */
  bool gro;
  /** Payloads begin with a PayloadStamp that is to be followed. */
  bool sequenced;
  int batch_packets;
  /** Longest payload that is read in full. */
  int payload_bytes;
  /** Empty: net.core.rmem_default. */
  std::optional<int> socket_buffer_bytes;
  /** Busy work on each packet. */
  double work_ns;
  /** Which socket takes the packets of which CPU; empty leaves it to the kernel's hash. */
  std::vector<SteeringRule> steering;
};

/** What a socket says of itself, and the truesize of its datagrams, 0 while unknown. */
struct SocketReading {
  SocketMemory memory;
  uint32_t truesize_bytes;
  /** Only of an AF_XDP socket. */
  std::optional<xdp_statistics> statistics;
};

/** What one reading thread sees of its packets. */
struct ThreadObservations {
  BatchHistogram batches;
  LatencyHistogram latencies;
  TruesizeBounds truesize;
};

/** Receives UDP packets, after the article's udpreceiver1.c. */
class Receiver {
 public:
  /** Opens all sockets in the order of the threads; the threads wait for start(). Throws SystemFailure. */
  explicit Receiver(const ReceiverConfig& config);

  ThreadGroup& threads() { return threads_; }

  /** Memory and drops of each socket; the last reading once they are closed. */
  std::vector<SocketReading> sockets() const;

  /** Batch sizes and latencies of each thread. */
  const std::vector<std::unique_ptr<ThreadObservations>>& observations() const { return observations_; }

  /** What the sequence numbers say; empty unless payloads are stamped. */
  std::optional<SequenceVerdict> verdict() const;

  /** Closes the sockets. The threads must have ended. */
  void close();

 private:
  void add_thread(const ReceiverConfig& config, std::optional<int> cpu, const UdpSocket& socket, ThreadObservations& observations);
  void add_xdp_thread(const ReceiverConfig& config);
  void receive(PacketReader& reader, const UdpSocket* socket, ThreadObservations& observations, RunGate& gate, ThreadCounters& counters);

  double work_ns_;
  /** More than one thread may read a socket. */
  bool shares_sockets_;
  std::vector<UdpSocket> sockets_;
  /** Instead of sockets, for af_xdp. */
  std::unique_ptr<XdpReader> xdp_;
  std::vector<SocketReading> last_reading_;
  std::unique_ptr<SequenceTracker> tracker_;
  std::vector<std::unique_ptr<ThreadObservations>> observations_;
  // Last, so that the threads end before what they use goes.
  ThreadGroup threads_;
};

}  // namespace million_packets
