import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.js';
import type { Outcome } from '../../src/experiment/outcome.js';
import { compare, explain, predict } from '../../src/model/index.js';
import { article } from '../../src/records/article.js';
import { labHost } from './hosts.js';

const experiment = (id: string) => article.experiments[id] as Experiment;
const published = (id: string) => article.published[id] as Outcome;

describe('compare', () => {
  it('sets a prediction beside the published figure of the same host', () => {
    const { error, insideInterval, observedPps, counters } = compare(
      predict(experiment('two-senders-one-ip'), article.host),
      published('two-senders-one-ip'),
    );
    expect(observedPps).toBe(352933);
    expect(Math.abs(error)).toBeLessThan(0.05);
    expect(insideInterval).toBe(true);
    expect(counters.map(({ name }) => name)).toEqual(['rx_nodesc_drop_cnt', 'rx-4.rx_packets']);
  });

  it('refuses to compare across hosts, experiments and kinds', () => {
    const elsewhere = predict(experiment('pinned'), labHost(4));
    expect(() => compare(elsewhere, published('pinned'))).toThrow(
      /^compare: observed.host must be the host of the prediction "lab-4", got "article"$/,
    );
    expect(() => compare(predict(experiment('pinned'), article.host), published('naive'))).toThrow(RangeError);
    expect(() => compare(published('pinned'), published('pinned'))).toThrow(RangeError);
  });
});

describe('explain', () => {
  it('names the limit, the slack and the best single change', () => {
    const explanation = explain(experiment('many-queues-one-reader'), article.host);
    expect(explanation.limiting).toBe('reader');
    const thousands = (pps: number | null) => `${((pps ?? 0) / 1000).toFixed(0)}k`;
    const { deliveredPps: rate, offeredPps } = predict(experiment('many-queues-one-reader'), article.host);
    expect(explanation.sentence).toContain(
      `${thousands(rate)} of ${thousands(offeredPps)} packets per second arrive: the reading thread cannot keep up`,
    );
    expect(explanation.stages.find(({ stage }) => stage === 'wire')?.slack).toBeGreaterThan(0.9);
    expect(explanation.changes[0]?.change).toMatch(/SO_REUSEPORT/);
    const { deaths, changes, deliveredPps } = explanation;
    expect(deaths).toMatchObject([{ place: 'socketBuffer', counter: 'Udp.InErrors' }]);
    for (const { predictedPps, intervalPps } of changes) {
      expect(intervalPps.low).toBeLessThanOrEqual(predictedPps);
      expect(intervalPps.high).toBeGreaterThanOrEqual(predictedPps);
    }
    expect(deaths[0]!.pps + deliveredPps).toBeCloseTo(predict(experiment('many-queues-one-reader'), article.host).offeredPps ?? 0, 3);
    for (const [index, { predictedPps }] of explanation.changes.entries())
      expect(predictedPps).toBeLessThanOrEqual(explanation.changes[index - 1]?.predictedPps ?? Number.POSITIVE_INFINITY);
  });

  it('proposes only what the host can do', () => {
    const explanation = explain(experiment('pinned'), labHost(2));
    expect(explanation.limiting).toBe('source');
    expect(explanation.changes.every(({ change }) => !change.includes('other node'))).toBe(true);
  });

  it('gives each gain an interval, which is a point where the costs are exact', () => {
    const { changes } = explain(experiment('two-ips'), article.host);
    expect(changes.length).toBeGreaterThan(0);
    for (const { gain, gainInterval } of changes) {
      expect(gainInterval.low).toBeLessThanOrEqual(gain);
      expect(gainInterval.high).toBeGreaterThanOrEqual(gain);
    }
    const exact = {
      ...article.host,
      costs: Object.fromEntries(
        Object.entries(article.host.costs).map(([name, cost]) => [name, { ...cost, low: cost.value, high: cost.value }]),
      ) as typeof article.host.costs,
    };
    for (const { gain, gainInterval } of explain(experiment('two-ips'), exact).changes) expect(gainInterval.high).toBeCloseTo(gain, 9);
  });

  it('asks predict, so every change can be predicted again', () => {
    for (const { experiment: changed, predictedPps } of explain(experiment('two-threads-one-socket'), article.host).changes) {
      expect(predict(changed, article.host).deliveredPps).toBeCloseTo(predictedPps, 3);
    }
  });
});
