#pragma once
#include <optional>
#include <string>
#include <vector>

#include "reuseport_steering.h"
#include "thread_group.h"
#include "udp_socket.h"

namespace million_packets {

/** Where to receive, with how many sockets and threads, and how. */
struct ReceiverConfig {
  std::string address;
  int port;
  /** One SO_REUSEPORT socket for each thread; otherwise all threads read one socket. */
  bool socket_per_thread;
  /** CPU of each thread. */
  std::vector<std::optional<int>> cpus;
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

/** Receives UDP packets, after the article's udpreceiver1.c. */
class Receiver {
 public:
  /** Opens all sockets in the order of the threads; the threads wait for start(). Throws SystemFailure. */
  explicit Receiver(const ReceiverConfig& config);

  ThreadGroup& threads() { return threads_; }

  /** Memory and drops of each socket; the last reading once they are closed. */
  std::vector<SocketMemory> sockets() const;

  /** Closes the sockets. The threads must have ended. */
  void close();

 private:
  std::vector<UdpSocket> sockets_;
  std::vector<SocketMemory> last_reading_;
  ThreadGroup threads_;
};

}  // namespace million_packets
