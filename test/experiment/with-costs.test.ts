import { expect, it } from 'vitest';
import { article, withCosts } from '../../src/index.js';

it('withCosts replaces what is named, keeps the rest, and leaves the host alone', () => {
  const before = structuredClone(article.host);
  const host = withCosts(article.host, { softirqNs: 900 });
  expect(host.costs.softirqNs).toMatchObject({ value: 900, low: 900, high: 900, origin: 'assumed' });
  expect({ ...host, costs: { ...host.costs, softirqNs: before.costs.softirqNs } }).toEqual(before);
  expect(article.host).toEqual(before);
});

it('withCosts refuses what is no cost', () => {
  expect(() => withCosts(article.host, { softirqNS: 1 } as never)).toThrow(/name must be one of .*softirqNs.*got softirqNS/);
  expect(() => withCosts(article.host, { softirqNs: Number.NaN })).toThrow(/softirqNs must be a number of at least 0, got NaN/);
});
