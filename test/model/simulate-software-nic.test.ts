import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HostError } from '../../src/experiment/errors.js';
import type { Experiment } from '../../src/experiment/experiment.js';
import type { Host } from '../../src/experiment/host.js';
import { plan, simulate, studentT } from '../../src/model/index.js';
import { assess } from '../../src/model/predict/assess.js';
import { expectedOutcome } from '../../src/model/predict/expected-outcome.js';
import { possibilitiesOf } from '../../src/model/predict/possibilities.js';
import { EventHeap } from '../../src/model/simulate/event-heap.js';
import { EventSlots } from '../../src/model/simulate/event-slots.js';
import { layoutOf } from '../../src/model/simulate/layout.js';
import { replicate } from '../../src/model/simulate/replicate.js';
import { costValues } from '../../src/model/stages/cost-values.js';
import { softwareNicConfigurations } from './software-nic-configurations.js';
import { guest, nicRun } from './software-nic-host.js';

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function isPlanned(experiment: Experiment, host: Host): boolean {
  try {
    plan(experiment, host);
    return true;
  } catch (error) {
    if (error instanceof HostError) return false;
    throw error;
  }
}

describe('simulate on a software NIC', () => {
  it('heap and slots agree to the last bit, and every packet is accounted for', () => {
    let compared = 0;
    fc.assert(
      fc.property(softwareNicConfigurations, fc.boolean(), fc.integer(), ({ experiment, host }, spins, seed) => {
        const asked = { ...experiment, receiver: { ...experiment.receiver, waiting: spins ? ('spin' as const) : ('block' as const) } };
        if (!isPlanned(asked, host)) return;
        const [possibility] = possibilitiesOf(plan(asked, host), asked, host).possibilities;
        const layout = layoutOf(possibility!.named, asked, host, costValues(host));
        const [heap, slots] = [EventHeap, EventSlots].map((Events) => replicate(layout, seed, 0.005, (count) => new Events(count)));
        expect(slots).toEqual(heap);
        expect(sum(heap!.total.sent)).toBe(sum(heap!.total.delivered) + sum(heap!.total.ringLost) + sum(heap!.total.socketLost));
        compared++;
      }),
      { seed: 7, numRuns: 60 },
    );
    expect(compared).toBeGreaterThanOrEqual(40);
  });

  it('has the livelock with a floor, and the ring that overflows only past it', () => {
    const run = (offeredPps: number) =>
      simulate(nicRun({ offeredPps, queueCpus: [1], readerCpu: 1, ringPackets: 1024 }), guest(), { seed: 1, seconds: 0.1, replications: 2 });
    const [below, knee, far] = [run(300_000), run(550_000), run(1_500_000)];
    expect(below.deliveredPps).toBeGreaterThan(0.999 * (below.offeredPps ?? 0));
    expect(far.deliveredPps).toBeLessThan(0.8 * knee.deliveredPps);
    expect(far.deliveredPps).toBeGreaterThan(100_000);
    expect(knee.lossesPackets?.nicRing).toBe(0);
    expect(far.lossesPackets?.nicRing).toBeGreaterThan(0);
    for (const { unaccountedPackets } of [below, knee, far]) expect(unaccountedPackets).toBe(0);
  });

  it('needs no wake-ups where the reader spins', () => {
    const run = (waiting: 'block' | 'spin') => {
      const experiment = nicRun({ offeredPps: 900_000, queueCpus: [1], readerCpu: 2, ringPackets: 1024 });
      return simulate({ ...experiment, receiver: { ...experiment.receiver, waiting } }, guest(3), { seed: 1, seconds: 0.02, replications: 2 });
    };
    expect(run('spin').deliveredPps).toBeGreaterThan(1.1 * run('block').deliveredPps);
  });

  it('agrees with predict on more than three quarters of random configurations, half of them within 2 % of offered, nine tenths within 8 %', () => {
    const replications = 8;
    let agree = 0;
    const differences: number[] = [];
    for (const { experiment, host } of fc.sample(softwareNicConfigurations, { seed: 11, numRuns: 45 })) {
      if (!isPlanned(experiment, host)) continue;
      const { offeredPps, deliveredPps, delivered } = simulate(experiment, host, { seed: 1, seconds: 0.05, replications });
      const standardErrorPps = delivered.kind === 'confidence' ? (delivered.high - delivered.low) / 2 / studentT(0.975, replications - 1) : 0;
      const difference = Math.abs(expectedOutcome(assess(experiment, host), experiment, host).deliveredPps - deliveredPps);
      if (difference <= 0.01 * (offeredPps ?? 0) + 3.5 * standardErrorPps) agree++;
      differences.push(difference / (offeredPps ?? 1));
    }
    differences.sort((a, b) => a - b);
    expect(differences.length).toBeGreaterThanOrEqual(40);
    expect(agree / differences.length).toBeGreaterThan(0.75);
    expect(differences[Math.floor(differences.length * 0.5)]).toBeLessThan(0.02);
    expect(differences[Math.floor(differences.length * 0.9)]).toBeLessThan(0.08);
  }, 120_000);
});
