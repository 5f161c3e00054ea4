#pragma once
#include <cstdint>
#include <random>

namespace million_packets {

/** How the batches of a paced source lie in time; the mean rate is the same for all. */
struct Arrivals {
  enum class Kind { constant, poisson, bursts };
  Kind kind = Kind::constant;
  /** Lengths of sending and of silence, for bursts. */
  double on_ns = 0;
  double off_ns = 0;
  /** Of the exponential gaps of a Poisson process. */
  uint64_t seed = 0;
};

/** The intended times of the batches of an open loop: drawn ahead, whatever happens to the batches themselves. */
class Schedule {
 public:
  /** `interval_ns` is the mean time from one batch to the next. */
  Schedule(int64_t start_ns, double interval_ns, const Arrivals& arrivals);

  /** When the next batch is due; never earlier than the one before. */
  int64_t next_ns();

 private:
  double elapsed_ns();

  int64_t start_ns_;
  double interval_ns_;
  Arrivals arrivals_;
  uint64_t batches_ = 0;
  double poisson_ns_ = 0;
  std::mt19937_64 random_;
  std::exponential_distribution<double> gap_;
};

}  // namespace million_packets
