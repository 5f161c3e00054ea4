#pragma once
#include <optional>
#include <string>
#include <vector>

#include "schedule.h"
#include "thread_group.h"

namespace million_packets {

/** What one sending thread sends, and where it runs. */
struct SenderThreadConfig {
  std::optional<int> cpu;
  std::vector<std::string> destinations;
  int destination_port;
  std::vector<int> source_ports;
  int batch_packets;
  int payload_bytes;
  /** Empty: as fast as it goes. */
  std::optional<double> offered_pps;
  Arrivals arrivals;
  /** Datagrams in one message, which the device or the receiver cuts apart (UDP GSO). */
  int segments;
  /** Whether each payload begins with a PayloadStamp. */
  bool sequenced;
};

/** Sends UDP packets from one thread for each config, after the article's udpsender.c. */
class Sender {
 public:
  /** Opens all sockets; the threads wait for start(). Throws SystemFailure. */
  explicit Sender(const std::vector<SenderThreadConfig>& configs);

  ThreadGroup& threads() { return threads_; }

 private:
  ThreadGroup threads_;
};

}  // namespace million_packets
