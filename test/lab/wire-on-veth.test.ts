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
