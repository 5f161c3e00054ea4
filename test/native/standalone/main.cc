// The native core without Node, so that sanitizers can watch it: `npm run test:sanitize`. Prints a line a check; ends with 1 when one failed.
#include <cmath>
#include <cstdio>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "clock.h"
#include "latency_histogram.h"
#include "receiver.h"
#include "schedule.h"
#include "sender.h"
#include "sequence_tracker.h"
#include "system_failure.h"

using namespace million_packets;

namespace {

int failures = 0;

void check(const std::string& name, bool holds) {
  std::printf("%s: %s\n", holds ? "ok" : "NOT OK", name.c_str());
  if (!holds) failures++;
}

int next_port() {
  static int port = 42'000;
  return port++;
}

SenderThreadConfig sender_config(int port) {
  SenderThreadConfig config{};
  config.destinations = {"127.0.0.1"};
  config.destination_port = port;
  config.source_ports = {next_port()};
  config.batch_packets = 8;
  config.payload_bytes = 32;
  config.offered_pps = 20'000;
  config.segments = 1;
  config.sequenced = true;
  return config;
}

ReceiverConfig receiver_config(int port) {
  ReceiverConfig config{};
  config.address = "127.0.0.1";
  config.port = port;
  config.cpus = {std::nullopt};
  config.path = ReceivePath::recvmmsg;
  config.sequenced = true;
  config.batch_packets = 64;
  config.payload_bytes = 32;
  return config;
}

uint64_t packets(ThreadGroup& threads) {
  uint64_t total = 0;
  for (const CountersReading& reading : threads.read()) total += reading.packets;
  return total;
}

uint64_t dropped(const Receiver& receiver) {
  uint64_t total = 0;
  for (const SocketReading& reading : receiver.sockets()) total += reading.memory.dropped;
  return total;
}

void rest(int milliseconds) { std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds)); }

/** Sends for a while, reads all counters meanwhile as a snapshot does, and compares both ends. */
void exchange(const std::string& name, const std::vector<SenderThreadConfig>& sending, const ReceiverConfig& receiving) {
  Receiver receiver(receiving);
  Sender sender(sending);
  receiver.threads().start(10);
  sender.threads().start(0.3);
  while (!sender.threads().finished()) {
    packets(receiver.threads());
    receiver.sockets();
    receiver.verdict();
    for (const auto& thread : receiver.observations()) thread->latencies.counted(0);
    rest(5);
  }
  sender.threads().join();
  const uint64_t sent = packets(sender.threads());
  // A socket with GRO counts the buffers that it drops, not the datagrams in them.
  const uint64_t per_drop = receiving.gro ? sending.front().segments : 1;
  for (int round = 0; round < 500 && packets(receiver.threads()) + per_drop * dropped(receiver) < sent; round++) rest(10);
  const uint64_t lost = per_drop * dropped(receiver);
  receiver.threads().stop();
  receiver.threads().join();
  receiver.close();
  const uint64_t read = packets(receiver.threads());
  const SequenceVerdict verdict = receiver.verdict().value_or(SequenceVerdict{});
  check(name + ": every datagram is read or counted as dropped", sent > 0 && read + lost == sent);
  if (receiving.sequenced) check(name + ": the sequence saw what was read", verdict.received == read && verdict.duplicated == 0);
}

void exchange_over_every_path() {
  const int port = next_port();
  exchange("recvmmsg", {sender_config(port)}, receiver_config(port));

  const std::vector<std::pair<std::string, std::function<void(SenderThreadConfig&, ReceiverConfig&)>>> cases = {
      {"recv", [](auto&, auto& receiver) { receiver.path = ReceivePath::recv; }},
      {"spin", [](auto&, auto& receiver) { receiver.spins = true; }},
      {"io_uring", [](auto&, auto& receiver) { receiver.path = ReceivePath::io_uring; }},
      {"io_uring, shared", [](auto&, auto& receiver) { receiver.path = ReceivePath::io_uring, receiver.cpus.resize(2); }},
      {"shared", [](auto&, auto& receiver) { receiver.cpus.resize(3); }},
      {"reuseport, steered",
       [](auto&, auto& receiver) { receiver.cpus.resize(2), receiver.socket_per_thread = true, receiver.steering = {{0, 1}, {1, 0}}; }},
      {"GSO", [](auto& sender, auto&) { sender.segments = 16; }},
      {"GSO and GRO", [](auto& sender, auto& receiver) { sender.segments = 16, receiver.gro = true; }},
      {"Poisson", [](auto& sender, auto&) { sender.arrivals = {Arrivals::Kind::poisson, 0, 0, 5}; }},
      {"bursts", [](auto& sender, auto&) { sender.arrivals = {Arrivals::Kind::bursts, 5e6, 20e6, 0}; }},
      {"flood", [](auto& sender, auto&) { sender.offered_pps.reset(); }},
      {"slow reader", [](auto&, auto& receiver) { receiver.work_ns = 200'000; }},
      {"small buffer", [](auto&, auto& receiver) { receiver.work_ns = 200'000, receiver.socket_buffer_bytes = 4096; }},
      {"no stamps, empty payloads", [](auto& sender, auto& receiver) { sender.sequenced = receiver.sequenced = false, sender.payload_bytes = 0; }},
      {"long payloads", [](auto& sender, auto& receiver) { sender.payload_bytes = receiver.payload_bytes = 9000, sender.offered_pps = 500; }},
      {"payloads longer than the buffer", [](auto& sender, auto&) { sender.payload_bytes = 4000, sender.offered_pps = 500; }},
  };
  for (const auto& [name, change] : cases) {
    const int own_port = next_port();
    SenderThreadConfig sender = sender_config(own_port);
    ReceiverConfig receiver = receiver_config(own_port);
    change(sender, receiver);
    exchange(name, {sender, sender}, receiver);
  }
}

void ends_early() {
  const int port = next_port();
  {
    Receiver never_started(receiver_config(port));
  }
  {
    Sender sender({sender_config(port)});
    Receiver receiver(receiver_config(port));
    receiver.threads().start(10);
    sender.threads().start(10);
    rest(50);
  }
  {
    ReceiverConfig config = receiver_config(port);
    config.path = ReceivePath::io_uring;
    Receiver receiver(config);
    receiver.threads().start(10);
    rest(20);
    receiver.threads().stop();
  }
  check("everything may be destroyed at any time", true);
}

void tells_failures() {
  ReceiverConfig config = receiver_config(next_port());
  config.address = "192.0.2.1";
  try {
    Receiver receiver(config);
    check("a foreign address is refused", false);
  } catch (const SystemFailure& failure) {
    check("a foreign address is refused", failure.syscall == "bind" && failure.error_number == EADDRNOTAVAIL);
  }
  config = receiver_config(next_port());
  config.cpus = {std::nullopt, 8000};
  try {
    Receiver receiver(config);
    check("a CPU that is not there is refused, after another thread has begun", false);
  } catch (const SystemFailure& failure) {
    check("a CPU that is not there is refused, after another thread has begun", failure.error_number == EINVAL);
  }
}

void schedules() {
  const Arrivals poisson{Arrivals::Kind::poisson, 0, 0, 9};
  Schedule one(0, 1000, poisson), same(0, 1000, poisson);
  constexpr int kGaps = 100'000;
  double sum = 0, squares = 0;
  bool equal = true;
  int64_t before = 0;
  for (int index = 0; index < kGaps; index++) {
    const int64_t now = one.next_ns();
    equal = equal && now == same.next_ns();
    const auto gap = static_cast<double>(now - before);
    sum += gap;
    squares += gap * gap;
    before = now;
  }
  const double mean = sum / kGaps, deviation = std::sqrt(squares / kGaps - mean * mean);
  check("a seed draws the same gaps again", equal);
  // Six standard errors of 100 000 exponential gaps.
  check("Poisson gaps have the mean asked for, and a deviation as large", std::abs(mean / 1000 - 1) < 0.02 && std::abs(deviation / mean - 1) < 0.02);

  Schedule bursts(0, 100, {Arrivals::Kind::bursts, 3000, 7000, 0});
  bool inside = true;
  int64_t last = 0;
  for (int index = 0; index < 1000; index++) {
    last = bursts.next_ns();
    inside = inside && last % 10'000 < 3000;
  }
  check("bursts stay inside their time, at the mean rate", inside && std::abs(static_cast<double>(last) / 100'000 - 1) < 0.1);
}

void histogram() {
  bool near = true;
  for (int64_t ns = 1; ns < int64_t{1} << 39; ns += 1 + ns / 37) {
    const auto one = std::make_unique<LatencyHistogram>();
    one->count(ns);
    size_t bucket = 0;
    while (one->counted(bucket) == 0) bucket++;
    const int64_t lowest = LatencyHistogram::lowest_ns(bucket);
    near = near && lowest <= ns && static_cast<double>(ns - lowest) <= 0.01 * static_cast<double>(ns);
  }
  LatencyHistogram extremes;
  extremes.count(-5);
  extremes.count(INT64_MAX);
  check("a bucket holds times within 1 % of its shortest", near);
  check("times out of range go to the ends", extremes.counted(0) == 1 && extremes.counted(LatencyHistogram::buckets() - 1) == 1);
}

SequenceVerdict verdict_of(const std::vector<uint64_t>& sequences) {
  SequenceTracker tracker;
  LatencyHistogram latencies;
  for (const uint64_t sequence : sequences) {
    char payload[sizeof(PayloadStamp)];
    PayloadStamp::of(3, sequence, monotonic_ns()).write(payload);
    tracker.observe({{payload, sizeof payload}}, monotonic_ns(), latencies);
  }
  return tracker.verdict();
}

void sequences() {
  const SequenceVerdict mixed = verdict_of({0, 1, 4, 3, 3, 6, 0});
  check("a sequence shows what is missing, doubled and late",
        mixed.received == 7 && mixed.missing == 2 && mixed.duplicated == 2 && mixed.reordered == 1);
  const SequenceVerdict far = verdict_of({0, 1'000'000, 1'000'000, 999'999, 1});
  check("a jump beyond the window forgets no duplicate inside it", far.duplicated == 1 && far.reordered == 2 && far.missing == 1'000'001 - 4);
  SequenceTracker tracker;
  LatencyHistogram latencies;
  tracker.observe({{"short", 5}}, 0, latencies);
  check("a payload without a stamp is counted as such", tracker.verdict().unstamped == 1);
}

}  // namespace

int main() {
  schedules();
  histogram();
  sequences();
  exchange_over_every_path();
  ends_early();
  tells_failures();
  return failures == 0 ? 0 : 1;
}
