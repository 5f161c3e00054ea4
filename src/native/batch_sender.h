#pragma once
#include <vector>

#include "message_batch.h"
#include "run_gate.h"
#include "thread_counters.h"
#include "udp_socket.h"

namespace million_packets {

/** The sockets and the messages of one sending thread. */
class BatchSender {
 public:
  BatchSender(const std::vector<UdpSocket>& sockets, int batch_packets, int payload_bytes);

  /**
   * Sends one batch through the socket whose turn it is. A call that fails is counted and repeated.
   * False when the run ended first.
   */
  bool send_batch(const RunGate& gate, ThreadCounters& counters);

 private:
  const std::vector<UdpSocket>& sockets_;
  size_t turn_ = 0;
  size_t payload_bytes_;
  MessageBatch batch_;
};

}  // namespace million_packets
