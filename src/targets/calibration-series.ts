import { type Experiment, parseExperiment } from '../experiment/index.js';

const reader = (index: number) => ({ role: 'queue-node', queue: 0, index }) as const;
const other = { placements: [reader(0)], batchPackets: 256 };
const short = { durationS: 1, warmUpS: 0.3 };

/** Batches, rates and work of each experiment; each differs from another in one thing, and none is one that is scored. */
const series = {
  large: { sources: [{ batchPackets: 128 }], receiver: other },
  fours: { sources: [{ batchPackets: 4 }], receiver: other },
  'two-senders': { sources: [{ batchPackets: 128 }, { batchPackets: 128 }], receiver: other },
  'read-fours': { sources: [{ batchPackets: 128 }, { batchPackets: 128 }], receiver: { ...other, batchPackets: 4 } },
  'two-readers': {
    sources: [{ batchPackets: 128 }, { batchPackets: 128 }],
    receiver: { ...other, layout: 'shared', placements: [reader(0), reader(1)] },
  },
  singles: { sources: [{ batchPackets: 1, offeredPps: 20_000 }], receiver: other },
  some: { sources: [{ batchPackets: 32, offeredPps: 180_000 }], receiver: other },
  'same-cpu': {
    sources: [{ batchPackets: 32, offeredPps: 180_000 }],
    receiver: { ...other, placements: [{ role: 'queue-cpu', queue: 0, index: 0 }] },
  },
  full: { sources: [{ batchPackets: 32, offeredPps: 180_000 }], receiver: { ...other, workNs: 100_000 } },
};

/**
 * The experiments from which costs of target hosts are fitted, in the order in which one round runs them. Schedules are lowered to what the hosts
 * file allows.
 *
 * @param maxPps the highest rate that any run may send
 * @example
 * calibrationSeries(50_000).map(({ id }) => id) // => ['calibrate-large', 'calibrate-fours', 'calibrate-two-senders', 'calibrate-read-fours', 'calibrate-two-readers', 'calibrate-singles', 'calibrate-some', 'calibrate-same-cpu', 'calibrate-full']
 */
export function calibrationSeries(maxPps: number): Experiment[] {
  return Object.entries(series).map(([name, { sources, receiver }]) =>
    parseExperiment({
      id: `calibrate-${name}`,
      ...short,
      sources: sources.map((source) => ('offeredPps' in source ? { ...source, offeredPps: Math.min(source.offeredPps, maxPps) } : source)),
      receiver,
    }),
  );
}
