import { describe, expect, it } from 'vitest';
import { article, kneePps, parseExperiment, predict } from '../../src/index.js';
import { withOfferedPps } from '../../src/model/index.js';

describe('kneePps', () => {
  it.each(['pinned', 'two-ips', 'place-same-cpu', 'reuseport-four'])('parts loads that %s delivers from those that it does not', (id) => {
    const experiment = article.experiments[id]!;
    const knee = kneePps(experiment, article.host, 0.01);
    const share = (pps: number) => predict(withOfferedPps(experiment, pps), article.host).deliveredPps / pps;
    expect(share(0.98 * knee)).toBeGreaterThan(0.99);
    expect(share(1.02 * knee)).toBeLessThan(0.99);
  });

  it('falls with the work on each packet, to what one reader can do', () => {
    const slow = parseExperiment({ id: 'slow', receiver: { workNs: 100_000 } });
    const knee = kneePps(slow, article.host);
    expect(knee).toBeLessThan(10_000);
    expect(knee).toBeGreaterThan(9_500);
  });

  it.each([0, 1, Number.NaN])('refuses a loss ratio of %s', (ratio) => {
    expect(() => kneePps(article.experiments.pinned!, article.host, ratio)).toThrow(/kneePps: lossRatio must be/);
  });
});

describe('withOfferedPps', () => {
  it('shares the load as the schedules share it, and alike among floods', () => {
    const rates = (sources: { offeredPps: number | null }[]) =>
      withOfferedPps(parseExperiment({ id: 'x', sources }), 100).sources.map(({ offeredPps }) => offeredPps);
    expect(rates([{ offeredPps: 1 }, { offeredPps: 3 }])).toEqual([25, 75]);
    expect(rates([{ offeredPps: null }, { offeredPps: 3 }])).toEqual([50, 50]);
  });

  it('refuses loads that are none', () => {
    expect(() => withOfferedPps(article.experiments.pinned!, 0)).toThrow(/offeredPps must be a number above 0, got 0/);
  });
});
