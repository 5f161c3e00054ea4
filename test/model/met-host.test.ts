import { describe, expect, it } from 'vitest';
import { type Cost, type Experiment, type Host, parseExperiment } from '../../src/experiment/index.js';
import { plan, predict } from '../../src/model/index.js';
import { metHost } from '../../src/model/stages/met-host.js';
import { labHost } from './hosts.js';

const cost = (value: number, rounds?: number[]): Cost => ({
  value,
  low: value / 2,
  high: value * 2,
  origin: 'calibration',
  source: 'test',
  ...(rounds && { rounds }),
});
const watched = (cpus: number, changes: Partial<Host> = {}): Host => {
  const host = labHost(cpus, changes);
  return {
    ...host,
    costs: { ...host.costs, interruptedRatio: cost(0.02), crowdedRatio: cost(0.05), stallRatio: cost(0.002), stallNs: cost(3e5) },
  };
};
const sent = (batchPackets: number, offeredPps: number | null, receiver: object = {}): Experiment =>
  parseExperiment({ id: 'sent', sources: [{ batchPackets, offeredPps }], receiver });
const met = (experiment: Experiment, host: Host) => metHost(experiment, plan(experiment, host), host).costs;

describe('readers beside sources', () => {
  it('are interrupted as on an idle machine where a source sleeps between its batches, as on a crowded one where it never does', () => {
    const host = watched(2);
    expect(met(sent(1, 10), host).interruptedRatio?.value).toBeCloseTo(0.02, 4);
    expect(met(sent(8, 100_000), host).interruptedRatio?.value).toBe(0.05);
    expect(met(sent(256, null), host).interruptedRatio?.value).toBe(0.05);
    const some = met(sent(10, 50_000), host).interruptedRatio!;
    expect(some.value).toBeGreaterThan(0.03);
    expect(some.value).toBeLessThan(0.05);
    expect(some.low).toBeCloseTo(some.value / 2, 9);
    expect(some.high).toBeCloseTo(some.value * 2, 9);
  });

  it('lose what they lose more in stalls', () => {
    expect(met(sent(256, null), watched(2)).stallRatio?.value).toBeCloseTo(0.032, 9);
    expect(
      predict(sent(256, null, { workNs: 20_000 }), watched(2)).deliveredPps / predict(sent(200, 90_000, { workNs: 20_000 }), watched(2)).deliveredPps,
    ).toBeCloseTo(0.95 / 0.98, 1);
  });

  it('are left alone where another CPU is idle, where the sources are another machine, and where nobody watched a crowded CPU', () => {
    const { crowdedRatio: _, ...unwatched } = watched(2).costs;
    for (const host of [watched(4), watched(2, { receivePath: 'physical-nic' }), { ...watched(2), costs: unwatched }])
      expect(met(sent(256, null), host)).toEqual(host.costs);
  });
});

describe('packets in a socket buffer', () => {
  const bare = labHost(2);
  const host: Host = { ...bare, costs: { ...bare.costs, readNs: cost(500, [480, 500, 530]), coldReadNs: cost(900, [880, 900, 960]) } };
  const read = (socketBufferBytes: number | null) => met(sent(64, 1000, { socketBufferBytes }), host).readNs;

  it('are read from caches where they fit, from memory where they do not, and dearer the larger the buffer in between', () => {
    expect([null, 104_000, 524_288].map((bytes) => read(bytes).value)).toEqual([500, 500, 500]);
    expect([4 << 20, 64 << 20].map((bytes) => read(bytes).value)).toEqual([900, 900]);
    expect(read(1 << 20).value).toBeCloseTo(500 + 400 / 3, 6);
    expect(read(1 << 20).rounds?.map((value) => value && Math.round(value))).toEqual([613, 633, 673]);
  });

  it('cost the same everywhere on a host that was calibrated without large buffers', () => {
    expect(met(sent(64, 1000, { socketBufferBytes: 64 << 20 }), bare)).toEqual(bare.costs);
  });
});
