import { describe, expect, it } from 'vitest';
import { HostError } from '../../src/experiment/errors.js';
import type * as Kit from '../../src/index.js';

// Threads run compiled modules.
const { article, simulate, simulateOnThreads } = (await import('../../dist/index.js' as string)) as typeof Kit;

const pinned = article.experiments.pinned!;
const four = article.experiments['reuseport-four']!;
/** More outcomes of the hash than are all simulated: each replication draws its own. */
const unknownHash = { ...four, receiver: { ...four.receiver, observedSockets: {} } };
const options = { seed: 3, seconds: 0.002, replications: 5 };

const expected = [pinned, unknownHash].map((experiment) => simulate(experiment, article.host, options));

describe('a simulation on threads', () => {
  it.each([1, 2, 3, 8])('has on %i the digits that it has on none', async (workers) => {
    for (const [index, experiment] of [pinned, unknownHash].entries())
      expect(await simulateOnThreads(experiment, article.host, { ...options, workers })).toEqual(expected[index]);
  });

  it('leaves this thread free, and ends on an abort', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const running = simulateOnThreads(pinned, article.host, { seed: 1, seconds: 1000, signal: abort.signal });
    await expect(running).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  it.each([
    [{ workers: 0 }, 'simulateOnThreads: workers must be an integer from 1 to 1024, got 0'],
    [{ seconds: 0 }, 'simulate: seconds must be above 0 and at most 3600, got 0'],
  ])('refuses %j', async (wrong, message) => {
    await expect(simulateOnThreads(pinned, article.host, { ...options, ...wrong })).rejects.toThrow(expect.objectContaining({ message }));
  });

  it('refuses what a host cannot express', async () => {
    const elsewhere = { ...pinned, receiver: { ...pinned.receiver, placements: [{ cpu: 4095 }] } };
    const { name } = new HostError('');
    await expect(simulateOnThreads(elsewhere, article.host, options)).rejects.toThrow(expect.objectContaining({ name }));
  });
});
