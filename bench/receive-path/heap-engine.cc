// Workload B on std::priority_queue, the loop that a C++ programmer would write. Arguments: seed, packets, load.
// Prints the result and the seconds that it took as one line of JSON.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <queue>
#include <vector>

namespace {

constexpr int kSources = 4, kRings = 11, kSoftirqs = 4, kSockets = 4;
constexpr int kRingPackets = 512, kSocketPackets = 277, kPollPackets = 64, kBatchPackets = 512;
constexpr double kSoftirqUs = 2.75, kBatchUs = 120, kReadUs = 2.5;
constexpr double kTail = 7.69711747013104972, kArea = 0.0039496598225815571993;
double layer_ends[257], layer_heights[257];

void MakeTables() {
  layer_ends[0] = kArea * std::exp(kTail);
  layer_ends[1] = kTail;
  for (int i = 2; i < 256; i++) layer_ends[i] = -std::log(std::exp(-layer_ends[i - 1]) + kArea / layer_ends[i - 1]);
  layer_ends[256] = 0;
  for (int i = 0; i < 257; i++) layer_heights[i] = std::exp(-layer_ends[i]);
}

class RandomStream {
 public:
  explicit RandomStream(uint32_t seed) : a_(0x9e3779b9u ^ seed), b_(0x243f6a88u + seed * 0x85ebca6bu) {
    for (int n = 0; n < 20; n++) Bits();
  }
  uint32_t Bits() {
    const uint32_t b = b_, c = c_, result = a_ + b + d_++;
    a_ = b ^ (b >> 9);
    b_ = c + (c << 3);
    c_ = ((c << 21) | (c >> 11)) + result;
    return result;
  }
  double Exponential() {
    double passed = 0;
    for (;;) {
      const uint32_t bits = Bits(), layer = bits & 255;
      const double x = ((bits >> 8) + 0.5) / 16777216 * layer_ends[layer];
      if (x < layer_ends[layer + 1]) return passed + x;
      if (layer == 0) {
        passed += kTail;
        continue;
      }
      const double uniform = (Bits() + 0.5) / 4294967296;
      if (layer_heights[layer] + uniform * (layer_heights[layer + 1] - layer_heights[layer]) < std::exp(-x)) return passed + x;
    }
  }

 private:
  uint32_t a_, b_, c_ = 0xb7e15162u, d_ = 1;
};

struct Packet {
  double arrived;
  int flow;
};

template <int capacity>
class Queue {
 public:
  int length() const { return length_; }
  void Push(Packet packet) {
    const int end = head_ + length_++;
    packets_[end < capacity ? end : end - capacity] = packet;
  }
  Packet Shift() {
    const Packet packet = packets_[head_];
    head_ = head_ + 1 < capacity ? head_ + 1 : 0;
    length_--;
    return packet;
  }

 private:
  Packet packets_[capacity];
  int head_ = 0, length_ = 0;
};

struct Softirq {
  std::vector<int> rings;
  int current = 0, polled = 0;
  bool is_busy = false;
  Packet packet{};
};

struct Reader {
  bool is_busy = false;
  int packets = 0;
  double arrived = 0;
};

struct Event {
  double time;
  int id;
  bool operator>(const Event& other) const { return time > other.time || (time == other.time && id > other.id); }
};

class Simulation {
 public:
  Simulation(uint32_t seed, double load) : gap_us_(kSources / load) {
    for (int flow = 0; flow < 256; flow++) {
      uint32_t hash = flow * 2654435761u;
      hash ^= hash >> 15;
      hash *= 0x85ebca6bu;
      hash ^= hash >> 13;
      ring_of_[flow] = hash % kRings;
      socket_of_[flow] = (hash >> 8) & 3;
    }
    for (int ring = 0; ring < kRings; ring++) softirqs_[ring % kSoftirqs].rings.push_back(ring);
    for (int source = 0; source < kSources; source++) {
      streams_.emplace_back(16 * seed + source);
      events_.push({streams_[source].Exponential() * gap_us_, source});
    }
  }

  void Run(long packets) {
    while (generated_ < packets) {
      const Event event = events_.top();
      events_.pop();
      if (event.id < kSources) Arrive(event.id, event.time);
      else if (event.id < kSources + kSoftirqs) FinishPacket(event.id - kSources, event.time);
      else FinishBatch(event.id - kSources - kSoftirqs, event.time);
    }
  }

  long ring_lost = 0, socket_lost = 0, delivered = 0;
  double delay = 0;

 private:
  void Arrive(int source, double time) {
    generated_++;
    const int flow = static_cast<int>(streams_[source].Bits() >> 26) + source * 64;
    const int ring = ring_of_[flow], softirq = ring % kSoftirqs;
    if (rings_[ring].length() >= kRingPackets) ring_lost++;
    else {
      rings_[ring].Push({time, flow});
      if (!softirqs_[softirq].is_busy) ServePacket(softirq, time);
    }
    events_.push({time + streams_[source].Exponential() * gap_us_, source});
  }

  int NextRing(Softirq& softirq) {
    const int here = softirq.rings[softirq.current], count = static_cast<int>(softirq.rings.size());
    if (softirq.polled < kPollPackets && rings_[here].length() > 0) {
      softirq.polled++;
      return here;
    }
    for (int step = 1; step <= count; step++) {
      const int index = (softirq.current + step) % count, ring = softirq.rings[index];
      if (rings_[ring].length() == 0) continue;
      softirq.current = index;
      softirq.polled = 1;
      return ring;
    }
    return -1;
  }

  void ServePacket(int index, double time) {
    Softirq& softirq = softirqs_[index];
    const int ring = NextRing(softirq);
    softirq.is_busy = ring >= 0;
    if (ring < 0) return;
    softirq.packet = rings_[ring].Shift();
    events_.push({time + kSoftirqUs, kSources + index});
  }

  void FinishPacket(int index, double time) {
    const Packet packet = softirqs_[index].packet;
    const int socket = socket_of_[packet.flow];
    if (sockets_[socket].length() >= kSocketPackets) socket_lost++;
    else {
      sockets_[socket].Push(packet);
      if (!readers_[socket].is_busy) StartBatch(socket, time);
    }
    ServePacket(index, time);
  }

  void StartBatch(int socket, double time) {
    Reader& reader = readers_[socket];
    reader.packets = std::min(sockets_[socket].length(), kBatchPackets);
    reader.is_busy = reader.packets > 0;
    if (!reader.is_busy) return;
    reader.arrived = 0;
    for (int n = 0; n < reader.packets; n++) reader.arrived += sockets_[socket].Shift().arrived;
    events_.push({time + kBatchUs + reader.packets * kReadUs, kSources + kSoftirqs + socket});
  }

  void FinishBatch(int socket, double time) {
    const Reader& reader = readers_[socket];
    delivered += reader.packets;
    delay += reader.packets * time - reader.arrived;
    StartBatch(socket, time);
  }

  double gap_us_;
  long generated_ = 0;
  int ring_of_[256], socket_of_[256];
  std::vector<RandomStream> streams_;
  Queue<kRingPackets> rings_[kRings];
  Queue<kSocketPackets> sockets_[kSockets];
  Softirq softirqs_[kSoftirqs];
  Reader readers_[kSockets];
  std::priority_queue<Event, std::vector<Event>, std::greater<Event>> events_;
};

}  // namespace

int main(int, char** argv) {
  const auto start = std::chrono::steady_clock::now();
  MakeTables();
  Simulation simulation(std::strtoul(argv[1], nullptr, 10), std::strtod(argv[3], nullptr));
  simulation.Run(std::strtol(argv[2], nullptr, 10));
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  std::printf("{\"ringLost\":%ld,\"socketLost\":%ld,\"delivered\":%ld,\"meanDelayUs\":%.6f,\"seconds\":%.6f}\n", simulation.ring_lost,
              simulation.socket_lost, simulation.delivered, simulation.delay / simulation.delivered, seconds.count());
}
