#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "message_batch.h"
#include "run_gate.h"
#include "thread_counters.h"
#include "udp_socket.h"

namespace million_packets {

/** What the messages of one sending thread look like. */
struct MessageShape {
  int batch_packets;
  /** Payload of one datagram. */
  int payload_bytes;
  /** Datagrams in one message. */
  int segments;
  /** Whether each datagram begins with a PayloadStamp. */
  bool stamped;
};

/** The sockets and the messages of one sending thread. */
class BatchSender {
 public:
  /** `first_flow` is the number of the first socket among all sockets of the sender. */
  BatchSender(const std::vector<UdpSocket>& sockets, const MessageShape& shape, uint16_t first_flow);

  /**
   * Sends one batch through the socket whose turn it is; stamps carry the time it was meant to be sent at, or now without one.
   * A call that fails is counted and repeated. False when the run ended first.
   */
  bool send_batch(const RunGate& gate, ThreadCounters& counters, std::optional<int64_t> intended_ns = std::nullopt);

 private:
  void stamp(size_t turn, int64_t sent_ns);

  const std::vector<UdpSocket>& sockets_;
  MessageShape shape_;
  uint16_t first_flow_;
  size_t turn_ = 0;
  /** Sequence number of the next datagram of each socket. */
  std::vector<uint64_t> sequences_;
  MessageBatch batch_;
};

}  // namespace million_packets
