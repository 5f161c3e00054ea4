#include "batch_sender.h"

#include <cerrno>

#include "clock.h"
#include "payload_stamp.h"

namespace million_packets {
namespace {

size_t message_bytes(const MessageShape& shape) { return static_cast<size_t>(shape.payload_bytes) * shape.segments; }

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

BatchSender::BatchSender(const std::vector<UdpSocket>& sockets, const MessageShape& shape, uint16_t first_flow)
    : sockets_(sockets),
      shape_(shape),
      first_flow_(first_flow),
      sequences_(sockets.size()),
      // Messages that are all alike share one buffer.
      batch_(shape.batch_packets, message_bytes(shape), shape.stamped ? message_bytes(shape) : 0) {}

bool BatchSender::send_batch(const RunGate& gate, ThreadCounters& counters, std::optional<int64_t> intended_ns) {
  const size_t turn = turn_;
  turn_ = (turn_ + 1) % sockets_.size();
  unsigned done = 0;
  int64_t before_ns = monotonic_ns();
  if (shape_.stamped) stamp(turn, intended_ns.value_or(before_ns));
  while (!gate.stopped() && before_ns < gate.deadline_ns()) {
    const int sent = sendmmsg(sockets_[turn].descriptor(), batch_.messages() + done, batch_.packets() - done, 0);
    const int error = errno;
    const int64_t after_ns = monotonic_ns();
    counters.calls.add(1);
    counters.busy_ns.add(after_ns - before_ns);
    before_ns = after_ns;
    if (sent > 0) {
      counters.packets.add(static_cast<uint64_t>(sent) * shape_.segments);
      counters.bytes.add(sent * message_bytes(shape_));
      done += sent;
      if (done == batch_.packets()) return true;
    } else {
      counters.errors.add(1);
      if (!passes_by_itself(error)) before_ns = rest();
    }
  }
  return false;
}

void BatchSender::stamp(size_t turn, int64_t sent_ns) {
  const auto flow = static_cast<uint16_t>(first_flow_ + turn);
  uint64_t& sequence = sequences_[turn];
  for (unsigned message = 0; message < batch_.packets(); message++) {
    for (int segment = 0; segment < shape_.segments; segment++) {
      PayloadStamp::of(flow, sequence++, sent_ns).write(batch_.buffer(message) + segment * shape_.payload_bytes);
    }
  }
}

}  // namespace million_packets
