import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assumedCosts } from '../../src/host/assumed-costs.js';
import { type Host, parseExperiment, plan, predict, readRuns } from '../../src/index.js';
import { bisectRate, type RateTrial } from '../../src/lab/bisect-rate.js';
import { type StudyBench, search } from '../../src/lab/index.js';
import { predictSearch } from '../../src/lab/search.js';

const { host, ...recorded } = readRuns('data/runs/two-cpu-vm').runs[0]!;
const slow = parseExperiment({ id: 'slow', receiver: { workNs: 20_000 }, sources: [{ batchPackets: 16 }] });
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-search-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A receiver that takes so much and loses the rest. */
const takes = (capacity: number, reaches = Number.POSITIVE_INFINITY) => {
  const asked: number[] = [];
  const attempt = async (load: number): Promise<RateTrial> => {
    asked.push(load);
    return { load, lossRatio: Math.max(0, 1 - capacity / Math.min(load, reaches)), isReached: load <= reaches };
  };
  return { asked, attempt };
};
const bisect = (changes: Partial<Parameters<typeof bisectRate>[0]> & Pick<Parameters<typeof bisectRate>[0], 'attempt'>) =>
  bisectRate({ lossRatio: 0.01, start: 100, most: 1e6, resolution: 0.02, confirmations: 3, trials: [], ...changes });

describe('bisectRate', () => {
  it.each([3, 99, 100, 5000])('finds a capacity of %d to its resolution, from wherever it starts', async (capacity) => {
    const { highest, limitedBy } = await bisect(takes(capacity));
    expect(limitedBy).toBe('loss');
    expect(highest!).toBeLessThanOrEqual(capacity / 0.99);
    expect(highest! * 1.02).toBeGreaterThanOrEqual((capacity / 0.99) * 0.9999);
  });

  it('confirms with further trials, and steps down where they fail', async () => {
    const lucky = takes(1000);
    let confirming = 0;
    const { highest } = await bisect({
      attempt: async (load, isConfirmation) => {
        const trial = await lucky.attempt(load);
        // The receiver is slower in the long run than in short trials.
        return isConfirmation && ++confirming > 0 ? { ...trial, lossRatio: load > 930 ? 1 : 0 } : trial;
      },
    });
    expect(highest!).toBeLessThanOrEqual(930);
    expect(highest!).toBeGreaterThan(850);
    expect(confirming).toBeGreaterThanOrEqual(6);
  });

  it('says when the source is the limit, when nothing is, and when nothing passes', async () => {
    expect((await bisect(takes(1e9, 500))).limitedBy).toBe('source');
    expect(await bisect({ ...takes(1e9), most: 1000 })).toEqual({ highest: 1000, limitedBy: 'end' });
    expect(await bisect({ attempt: async (load) => ({ load, lossRatio: 1, isReached: true }) })).toMatchObject({ highest: null });
  });

  it('goes on from earlier trials', async () => {
    const first = takes(1000);
    const trials: RateTrial[] = [];
    await bisect({ attempt: first.attempt, trials });
    const second = takes(1000);
    await bisect({ attempt: second.attempt, trials, lossRatio: 0.02 });
    expect(second.asked.length).toBeLessThan(first.asked.length);
  });
});

it('search predicts and registers first, then finds what a machine that obeys the model takes', async () => {
  const ids: string[] = [];
  const bench: StudyBench = {
    host: async () => host,
    checkStability: async () => ({ pairs: 0, noiseFloor: 0, stealShare: 0, otherCpuShare: 0, reasons: [] }),
    calibrate: async () => host,
    calibrationS: () => 0,
    async measure(experiment) {
      expect(JSON.parse(readFileSync(path.join(folder, 'search.json'), 'utf8')).found).toBeNull();
      ids.push(experiment.id);
      const { offeredPps, deliveredPps } = predict(experiment, host);
      const isBurst = experiment.id.includes('-burst-');
      // Bursts up to 300 packets pass.
      const delivered = isBurst ? (experiment.sources[0]!.batchPackets <= 300 ? offeredPps! : 0) : deliveredPps;
      const outcome = { ...recorded.outcome, offeredPps, deliveredPps: delivered, offeredPackets: offeredPps!, deliveredPackets: delivered };
      return { ...recorded, host, experiment, outcome };
    },
    close() {},
  };
  const { predicted, found } = await search(slow, { folder, lossRatios: [0.001, 0.01], openBench: () => bench });
  for (const [index, { pps }] of found!.rates.entries()) {
    expect(pps! / predicted.rates[index]!.pps).toBeGreaterThan(0.95);
    expect(pps! / predicted.rates[index]!.pps).toBeLessThan(1.01);
  }
  expect(found!.burst!.packets!).toBeGreaterThan(290);
  expect(found!.burst!.packets!).toBeLessThanOrEqual(300);
  expect(found!.effectiveBufferPackets! / predicted.bufferPackets).toBeCloseTo(found!.burst!.packets! / predicted.burstPackets!, 9);
  for (const id of ids) expect(() => parseExperiment({ id })).not.toThrow();
  expect(JSON.parse(readFileSync(path.join(folder, 'search.json'), 'utf8')).found.trials).toBe(ids.length);
  expect(readRuns(folder).problems).toEqual([]);
});

it('tries no bursts on a wire, which keeps a constant pace', async () => {
  const ids: string[] = [];
  const bench: StudyBench = {
    host: async () => host,
    checkStability: async () => ({ pairs: 0, noiseFloor: 0, stealShare: 0, otherCpuShare: 0, reasons: [] }),
    calibrate: async () => host,
    calibrationS: () => 0,
    async measure(experiment) {
      ids.push(experiment.id);
      const { offeredPps, deliveredPps } = predict(experiment, host);
      const outcome = { ...recorded.outcome, offeredPps, deliveredPps, offeredPackets: offeredPps!, deliveredPackets: deliveredPps };
      return { ...recorded, host, experiment, outcome };
    },
    close() {},
  };
  const wired = parseExperiment({ id: 'wired', sources: [{ kind: 'wire', offeredPps: 1_000_000 }] });
  const { predicted, found } = await search(wired, { folder, lossRatios: [0.01], openBench: () => bench });
  expect(found!.rates[0]!.pps! / predicted.rates[0]!.pps).toBeGreaterThan(0.95);
  expect(found).toMatchObject({ burst: null, effectiveBufferPackets: null });
  expect(ids.filter((id) => id.includes('burst'))).toEqual([]);
});

it('a burst is predicted from the buffer and from what the reader takes meanwhile', () => {
  const { burstPackets, bufferPackets } = predictSearch(slow, host, [0.01]);
  expect(bufferPackets).toBe(256);
  // The reader takes less than a third of what a flooding sender sends, so the buffer and at most half of it again pass.
  expect(burstPackets!).toBeGreaterThan(bufferPackets);
  expect(burstPackets!).toBeLessThan(1.6 * bufferPackets);
  expect(predictSearch(parseExperiment({ id: 'fast' }), host, [0.01]).burstPackets).toBeNull();
});

it('repeats a trial while the machine is busy with something else, and takes it as it is when that does not end', async () => {
  for (const [busyRuns, perTrial] of [
    [1, 2],
    [Number.POSITIVE_INFINITY, 3],
  ] as const) {
    const made = new Map<string, number>();
    const bench: StudyBench = {
      host: async () => host,
      checkStability: async () => ({ pairs: 0, noiseFloor: 0, stealShare: 0, otherCpuShare: 0, reasons: [] }),
      calibrate: async () => host,
      calibrationS: () => 0,
      async measure(experiment) {
        const number = (made.get(experiment.id) ?? 0) + 1;
        made.set(experiment.id, number);
        const isBusy = number <= busyRuns;
        const { offeredPps, deliveredPps } = predict(experiment, host);
        const delivered = isBusy ? deliveredPps / 2 : deliveredPps;
        const outcome = { ...recorded.outcome, offeredPps, deliveredPps: delivered, offeredPackets: offeredPps!, deliveredPackets: delivered };
        return { ...recorded, host, experiment, outcome: { ...outcome, unaccountedPackets: 0 }, facts: { otherCpuShare: isBusy ? 1.5 : 0 } };
      },
      close() {},
    };
    const { predicted, found } = await search(slow, { folder, lossRatios: [0.01], openBench: () => bench });
    if (busyRuns === 1) expect(found!.rates[0]!.pps! / predicted.rates[0]!.pps).toBeGreaterThan(0.95);
    else expect(found!.rates[0]!.pps).toBeNull();
    expect(Math.min(...made.values())).toBeGreaterThanOrEqual(perTrial);
  }
});

it('behind a software NIC a program sends the bursts, which the wire would space evenly, and a wire that skips packets has not reached its load', async () => {
  const nicHost: Host = { ...host, receivePath: 'software-nic', costs: { ...host.costs, ...assumedCosts('software-nic') } };
  const kinds = new Map<string, string | undefined>();
  const bench: StudyBench = {
    host: async () => nicHost,
    checkStability: async () => ({ pairs: 0, noiseFloor: 0, stealShare: 0, otherCpuShare: 0, reasons: [] }),
    calibrate: async () => nicHost,
    calibrationS: () => 0,
    async measure(experiment) {
      kinds.set(experiment.id.includes('-burst-') ? 'burst' : 'rate', experiment.sources[0]!.kind);
      const plannedPps = experiment.sources[0]!.offeredPps!;
      // Reaches 4 k packets per second and skips the rest of a schedule; delivers all.
      const sent = Math.min(plannedPps, 4000);
      const outcome = {
        ...recorded.outcome,
        offeredPps: sent,
        deliveredPps: sent,
        offeredPackets: sent,
        deliveredPackets: sent,
        unaccountedPackets: 0,
      };
      return { ...recorded, facts: {}, host: nicHost, experiment, plan: plan(experiment, nicHost), outcome };
    },
    close() {},
  };
  const { found } = await search(slow, { folder, lossRatios: [0.001, 0.01], openBench: () => bench });
  expect([...kinds]).toEqual([
    ['rate', undefined],
    ['burst', 'socket'],
  ]);
  for (const { pps, limitedBy } of found!.rates) {
    expect(limitedBy).toBe('source');
    expect(pps!).toBeLessThan(4100);
  }
});
