#include "schedule.h"

#include <algorithm>
#include <cmath>

namespace million_packets {
namespace {

/** A year: a schedule beyond any deadline must not wrap around into the past. */
constexpr double kLongestNs = 3.2e16;

}  // namespace

Schedule::Schedule(int64_t start_ns, double interval_ns, const Arrivals& arrivals)
    : start_ns_(start_ns), interval_ns_(interval_ns), arrivals_(arrivals), random_(arrivals.seed) {}

int64_t Schedule::next_ns() { return start_ns_ + static_cast<int64_t>(std::min(elapsed_ns(), kLongestNs)); }

double Schedule::elapsed_ns() {
  if (arrivals_.kind == Arrivals::Kind::poisson) {
    poisson_ns_ += interval_ns_ * gap_(random_);
    return poisson_ns_;
  }
  const double mean_ns = static_cast<double>(batches_++) * interval_ns_;
  if (arrivals_.kind == Arrivals::Kind::constant) return mean_ns;
  const double cycle_ns = arrivals_.on_ns + arrivals_.off_ns;
  const double sending_ns = mean_ns * arrivals_.on_ns / cycle_ns;
  return std::floor(sending_ns / arrivals_.on_ns) * cycle_ns + std::fmod(sending_ns, arrivals_.on_ns);
}

}  // namespace million_packets
