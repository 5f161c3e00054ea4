import { build } from 'hdr-histogram-js';
import type { Latency, Run } from '../experiment/index.js';
import type { ArrivalReading } from '../native/contract.js';

/** How a run's packets came, as its record holds it. */
export type RunArrivals = Pick<Run, 'batches' | 'latency' | 'sequence'>;

type Pairs = [value: number, count: number][];

/**
 * What a run's record says of how its packets came: batch sizes and latencies between two readings, sequence numbers over the whole run.
 *
 * @param before at the start of the measured window
 * @param inside at its end
 * @param end after the drain
 */
export function runArrivals(before: ArrivalReading, inside: ArrivalReading, end: ArrivalReading): RunArrivals {
  const latencies = grown(before.latencies, inside.latencies);
  return {
    batches: grown(before.batches, inside.batches),
    ...(latencies.length ? { latency: latencyOf(latencies) } : {}),
    ...(end.sequence ? { sequence: end.sequence } : {}),
  };
}

function grown(before: Pairs, after: Pairs): Pairs {
  const counts = new Map(before);
  return after.map(([value, count]): [number, number] => [value, count - (counts.get(value) ?? 0)]).filter(([, count]) => count > 0);
}

/** Two significant digits are what the native buckets hold. */
function latencyOf(buckets: Pairs): Latency {
  const histogram = build({ bitBucketSize: 64, numberOfSignificantValueDigits: 2, autoResize: true });
  for (const [ns, packets] of buckets) histogram.recordValueWithCount(ns, packets);
  const quantile = (percentile: number) => histogram.getValueAtPercentile(percentile);
  return {
    packets: histogram.totalCount,
    minNs: histogram.minNonZeroValue,
    meanNs: histogram.mean,
    p50Ns: quantile(50),
    p90Ns: quantile(90),
    p99Ns: quantile(99),
    p999Ns: quantile(99.9),
    maxNs: histogram.maxValue,
    buckets,
  };
}
