import { expect, it } from 'vitest';
import type { Cost } from '../../src/experiment/cost.js';
import type { Host } from '../../src/experiment/host.js';
import { predict, simulate } from '../../src/model/index.js';
import { experimentWith, labHost } from './hosts.js';

const cost = (value: number): Cost => ({ value, low: value, high: value, origin: 'calibration', source: 'test' });
const withCalls = (host: Host, sendCallNs: number, readCallNs: number): Host => ({
  ...host,
  costs: { ...host.costs, sendCallNs: cost(sendCallNs), readCallNs: cost(readCallNs) },
});
const batched = (batchPackets: number) => experimentWith({ sources: [{ batchPackets }], receiver: { batchPackets } });
const pps = (batchPackets: number, host: Host) => predict(batched(batchPackets), host).deliveredPps;

it('a host without costs of calls predicts the same for every batch', () => {
  expect(pps(1, labHost(2))).toBe(pps(1024, labHost(2)));
});

it('a call of one message costs what sendNs and readNs would with the call inside', () => {
  const host = labHost(2);
  const dearer = { ...host, costs: { ...host.costs, sendNs: cost(host.costs.sendNs.value + 700), readNs: cost(host.costs.readNs.value + 300) } };
  expect(pps(1, withCalls(host, 700, 300))).toBeCloseTo(pps(1, dearer), 3);
});

it('the larger the batch, the less a call weighs', () => {
  const host = withCalls(labHost(2), 700, 300);
  const rates = [1, 4, 64, 1024].map((batch) => pps(batch, host));
  expect(rates).toEqual([...rates].sort((a, b) => a - b));
  expect(Math.abs(rates[3]! / pps(1024, labHost(2)) - 1)).toBeLessThan(0.02);
});

it('predict and simulate agree on batches of one', () => {
  for (const host of [labHost(2), labHost(1), labHost(2, { receivePath: 'veth-rps' })].map((each) => withCalls(each, 700, 300))) {
    const simulated = simulate(batched(1), host, { seed: 1, seconds: 0.1 });
    expect(Math.abs(pps(1, host) - simulated.deliveredPps)).toBeLessThan(0.015 * (simulated.offeredPps ?? 0));
  }
});
