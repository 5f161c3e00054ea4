import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { experiments, type Host, measure, parseExperiment, readHost } from '../../src/index.js';
import { Lab, labObstacles } from '../../src/lab/index.js';
import { softwareNicObstacle } from '../../src/lab/software-nic-obstacle.js';

const lacks = [...labObstacles(), softwareNicObstacle()].filter((obstacle) => obstacle !== null);

describe.skipIf(lacks.length)(`measure a wire without a NIC${lacks.length ? ` (skipped: ${lacks.join('; ')})` : ''}`, () => {
  let host: Host;
  let lab: Lab;
  beforeAll(async () => {
    host = await readHost();
    lab = Lab.open();
  });
  afterAll(() => lab?.close());

  it.each([
    ['paced', { offeredPps: 20_000 }],
    ['faster than anybody can', { offeredPps: 1e9 }],
    ['to many addresses and ports', { offeredPps: 20_000, destinations: ['192.168.254.1', '192.168.254.2'], sourcePorts: [1, 2, 3] }],
  ])('closes the account: %s', async (_, source) => {
    const experiment = parseExperiment({ id: 'wired', sources: [{ kind: 'wire', ...source }], durationS: 0.4, warmUpS: 0.2 });
    const { outcome, samples } = await measure(experiment, { host, lab, folder: null });
    expect(outcome.offeredPackets).toBeGreaterThan(0);
    expect(outcome.unaccountedPackets).toBe(0);
    expect(outcome.lossesPackets).toHaveProperty('nicRing');
    expect(samples.at(-1)!.senders[0]).toHaveProperty('skipped');
  });

  it('numbers and times its packets, flow by flow, when asked', async () => {
    const source = { kind: 'wire', offeredPps: 20_000, destinations: ['192.168.254.1', '192.168.254.2'], sourcePorts: [1, 2, 3] };
    const experiment = parseExperiment({ id: 'stamped', sequenced: true, sources: [source], durationS: 0.4, warmUpS: 0.2 });
    const { outcome, sequence, latency } = await measure(experiment, { host, lab, folder: null });
    const { socketBuffer = 0 } = outcome.lossesPackets ?? {};
    expect(sequence).toMatchObject({ received: outcome.deliveredPackets, duplicated: 0, reordered: 0, unstamped: 0 });
    expect(sequence?.missing).toBeLessThanOrEqual(socketBuffer);
    expect(latency?.packets).toBeGreaterThan(0);
    expect(latency?.minNs).toBeGreaterThan(0);
    expect(latency?.p50Ns).toBeLessThan(1e9);
  });

  it('misses by number what a socket lost', async () => {
    const experiment = parseExperiment({
      id: 'stamped-loss',
      sequenced: true,
      sources: [{ kind: 'wire', offeredPps: 20_000 }],
      // Too slow, so that the socket buffer loses.
      receiver: { workNs: 200_000 },
      durationS: 0.4,
      warmUpS: 0.2,
    });
    const { outcome, sequence } = await measure(experiment, { host, lab, folder: null });
    const { socketBuffer = 0 } = outcome.lossesPackets ?? {};
    expect(sequence).toMatchObject({ received: outcome.deliveredPackets, duplicated: 0, reordered: 0, unstamped: 0 });
    expect(sequence?.missing).toBeGreaterThan(0);
    // What was lost behind the last packet that came cannot be seen.
    expect(sequence?.missing).toBeLessThanOrEqual(socketBuffer);
  });

  it.each(['million-wire', 'million-gso'])('%s says what its packets are, and accounts for every one', async (id) => {
    const run = await measure({ ...experiments()[id]!, durationS: 0.3, warmUpS: 0.2 }, { host, lab, folder: null });
    expect(run.outcome.notes.join()).toContain('A packet here is a datagram that');
    expect(run.outcome.unaccountedPackets).toBe(0);
    expect(run.prediction.deliveredPps).toBeGreaterThan(0);
    expect(run.cpuSpeeds).toBeDefined();
  });

  it('leaves the device as it was for programs', async () => {
    const run = await measure(parseExperiment({ id: 'program', sources: [{ offeredPps: 5000 }], durationS: 0.3, warmUpS: 0.1 }), {
      host,
      lab,
      folder: null,
    });
    expect(run.outcome.unaccountedPackets).toBe(0);
    expect(run.outcome.lossesPackets).not.toHaveProperty('nicRing');
  });
});
