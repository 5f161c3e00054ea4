import { expect, it } from 'vitest';
import type { Experiment, Host } from '../../src/experiment/index.js';
import { assumedCosts } from '../../src/host/assumed-costs.js';
import { fitHost, plan, predict, type Reading, simulate } from '../../src/model/index.js';
import { article } from '../../src/records/article.js';
import { calibrationSeries } from '../../src/targets/calibration-series.js';

/** A reading as a run of the packet-by-packet simulator gives it. */
function simulatedReadings(host: Host, seed: number): Reading[] {
  return calibrationSeries(1e7).map((experiment) => {
    const { queues, readerCpus } = plan(experiment, host);
    const outcome = simulate(experiment, host, { seed, seconds: 0.05 });
    const share = (cpus: (number | null)[], kinds: ('softirq' | 'system' | 'user')[]) =>
      outcome.cpus.filter(({ cpu }) => cpus.includes(cpu)).reduce((sum, cpu) => sum + kinds.reduce((all, kind) => all + cpu[kind], 0), 0);
    const queueCpus = queues.map(({ cpu }) => cpu);
    const servicedPps = outcome.queues.reduce((sum, queue) => sum + queue.servicedPps, 0);
    return {
      experiment,
      offeredPps: outcome.offeredPps ?? Number.NaN,
      deliveredPps: outcome.deliveredPps,
      readerNs: (share(readerCpus, ['system', 'user']) * 1e9) / outcome.deliveredPps,
      softirqNs: (share(queueCpus, ['softirq']) * 1e9) / servicedPps,
    };
  });
}

/** A server with a physical NIC, and the same server where nobody has looked what anything costs. */
const truth: Host = { ...article.host, kernelRelease: '6.1.0' };
const unknown: Host = { ...truth, costs: assumedCosts('physical-nic') };

it('finds the costs of a simulated server, and says which it cannot tell', () => {
  const known = fitHost(
    unknown,
    [1, 2].flatMap((seed) => simulatedReadings(truth, seed)),
  );
  const miss = (host: Host) => {
    const pinned = article.experiments.pinned as Experiment;
    return Math.abs(predict(pinned, host).deliveredPps / predict(pinned, truth).deliveredPps - 1);
  };
  expect(miss(unknown)).toBeGreaterThan(0.3);
  expect(miss(known)).toBeLessThan(0.03);
  for (const name of ['sendNs', 'softirqNs', 'softirqDropRatio', 'wakeUpNs'] as const) {
    expect(known.costs[name].origin, name).toBe('calibration');
    expect(Math.abs(known.costs[name].value / truth.costs[name].value - 1), name).toBeLessThan(0.15);
  }
  // One sender's packets reach one queue: no second producer ever uses the socket.
  expect(known.costs.producerContentionNs).toMatchObject({ origin: 'assumed', source: expect.stringMatching(/^hardly told by 18 runs/) });
  expect(known.costs.siblingSpeedRatio).toEqual(unknown.costs.siblingSpeedRatio);
});

it('wants more readings than costs', () => {
  expect(() => fitHost(unknown, simulatedReadings(truth, 1))).toThrow(/^fitHost: readings must be at least 11, got 9$/);
});
