#include "batch_sender.h"

#include <cerrno>

#include "clock.h"

namespace million_packets {
namespace {

/** Errors that pass by themselves; the article's sender repeats the call at once too. */
bool passes_by_itself(int error) {
  return error == ECONNREFUSED || error == EAGAIN || error == EINTR || error == ENOBUFS;
}

/** A route that is gone or a rule that forbids stays so for a while: do not burn the CPU that others measure. */
int64_t rest() {
  const timespec pause{0, 1'000'000};
  nanosleep(&pause, nullptr);
  return monotonic_ns();
}

}  // namespace

BatchSender::BatchSender(const std::vector<UdpSocket>& sockets, int batch_packets, int payload_bytes)
    : sockets_(sockets), payload_bytes_(payload_bytes), batch_(batch_packets, payload_bytes, 0) {}

bool BatchSender::send_batch(const RunGate& gate, ThreadCounters& counters) {
  const int descriptor = sockets_[turn_].descriptor();
  turn_ = (turn_ + 1) % sockets_.size();
  unsigned remaining = batch_.packets();
  int64_t before_ns = monotonic_ns();
  while (!gate.stopped() && before_ns < gate.deadline_ns()) {
    const int sent = sendmmsg(descriptor, batch_.messages(), remaining, 0);
    const int error = errno;
    const int64_t after_ns = monotonic_ns();
    counters.calls.add(1);
    counters.busy_ns.add(after_ns - before_ns);
    before_ns = after_ns;
    if (sent > 0) {
      counters.packets.add(sent);
      counters.bytes.add(sent * payload_bytes_);
      remaining -= sent;
      if (remaining == 0) return true;
    } else {
      counters.errors.add(1);
      if (!passes_by_itself(error)) before_ns = rest();
    }
  }
  return false;
}

}  // namespace million_packets
