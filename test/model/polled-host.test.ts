import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../src/experiment/index.js';
import { plan, predict, simulate } from '../../src/model/index.js';
import { labHost } from './hosts.js';

const cost = (value: number) => ({ value, low: value, high: value, origin: 'calibration' as const, source: 'a test' });
const bare = labHost(2);
const host = { ...bare, costs: { ...bare.costs, wireNs: cost(150), polledNs: cost(850), readNs: cost(500), handOverNs: cost(100) } };
const wired = (changes: object = {}, source: object = {}) =>
  parseExperiment({ id: 'wired', sources: [{ kind: 'wire', offeredPps: 600_000, ...source }], receiver: { waiting: 'spin', ...changes } });

describe('a wire on a veth without a NIC', () => {
  it('has a sending CPU, which takes its packets in too; the reader has the other', () => {
    const { wirePps, sourceCpus, readerCpus, queues, deviations } = plan(wired(), host);
    expect([wirePps, sourceCpus, readerCpus, queues]).toEqual([[600_000], [0], [1], [{ queue: 0, cpu: 0 }]]);
    expect(deviations.join()).toContain("the wire's CPU 0 also polls the device");
  });

  it('is predicted with its own costs: all arrives below the capacity of its CPU, and above only as much is offered', () => {
    const below = predict(wired(), host);
    expect(below.deliveredPps).toBeCloseTo(600_000, 3);
    expect(below.bottleneck).toBe('none');
    const above = predict(wired({}, { offeredPps: 2e6 }), host);
    expect(above.offeredPps).toBeCloseTo(1e9 / (150 + 850 + 100), 0);
    expect(above.deliveredPps).toBeCloseTo(above.offeredPps!, 3);
    expect(above.bottleneck).toBe('source');
    expect(above.notes.join()).not.toContain('Not covered');
  });

  it('is simulated as it is predicted', () => {
    for (const offeredPps of [600_000, 2e6]) {
      const experiment = wired({ socketBufferBytes: 1 << 24 }, { offeredPps });
      const { deliveredPps } = simulate(experiment, host, { seed: 1, seconds: 0.2 });
      expect(deliveredPps / predict(experiment, host).deliveredPps).toBeCloseTo(1, 1);
    }
  });

  it('says so where a host has no price for it', () => {
    expect(predict(wired(), bare).notes.join()).toContain(`Not covered by the calibration: wireNs and polledNs of host ${bare.name}.`);
  });

  it('is refused together with what it has not', () => {
    expect(() => plan(wired({ waiting: 'block', gro: true }), host)).toThrow(/receiver.gro/);
    const mixed = parseExperiment({ id: 'mixed', sources: [{ kind: 'wire' }, {}] });
    expect(() => plan(mixed, host)).toThrow(/all wires or all sockets/);
  });
});
