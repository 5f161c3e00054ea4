import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { article, explain, plan, predict } from '../../src/index.js';
import { readHostFile } from '../../src/lab/index.js';

const folder = path.resolve(import.meta.dirname, '../../data/hosts');
const files = readdirSync(folder);

it('there are hosts of at least three other kinds', () => expect(files.length).toBeGreaterThanOrEqual(4));

it('there is a host of each origin', () => {
  const origins = files.map((file) => readHostFile(path.join(folder, file)).origin.split(':')[0]);
  expect(new Set(origins)).toEqual(new Set(['captured', 'transcribed', 'synthetic']));
});

it('the captured guest is the one whose text is kept', () => {
  const kept = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../host/fixtures/guest-6.1/kit.json'), 'utf8'));
  const host = readHostFile(path.join(folder, 'two-node-guest.json'));
  expect([host.cpus, host.nicDriver]).toEqual([kept['describe eth0'].cpus, kept['describe eth0'].nicDriver]);
  expect(Object.values(host.costs).filter(({ origin }) => origin !== 'assumed' && origin !== 'literature')).toEqual([]);
  const nodeOfReader = (role: 'queue-node' | 'other-node' | 'queue-sibling') => {
    const { queues, readerCpus } = plan(
      {
        ...article.experiments.pinned!,
        nic: { ...article.experiments.pinned!.nic, queueCpus: { 0: 4 }, observedQueues: { '192.168.254.1': 0 } },
        receiver: { ...article.experiments.pinned!.receiver, placements: [{ role, queue: 0, index: 0 }] },
      },
      host,
    );
    return [queues[0]?.cpu, readerCpus[0]];
  };
  expect([nodeOfReader('queue-node'), nodeOfReader('queue-sibling')]).toEqual([
    [4, 6],
    [4, 5],
  ]);
  expect(host.cpus.find(({ cpu }) => cpu === nodeOfReader('other-node')[1])?.node).toBe(0);
});

it.each(files)('%s loads, says where it comes from, predicts and explains', (file) => {
  const host = readHostFile(path.join(folder, file));
  expect(host.origin).toMatch(/^(captured|transcribed|synthetic): /);
  for (const { source } of Object.values(host.costs)) expect(source.length).toBeGreaterThan(5);
  for (const id of ['naive', 'pinned', 'two-ips']) {
    const outcome = predict(article.experiments[id]!, host);
    const { low, high } = outcome.delivered;
    expect([outcome.host, low <= outcome.deliveredPps, outcome.deliveredPps <= high]).toEqual([host.name, true, true]);
    const lost = Object.values(outcome.lossesPps).reduce((sum, pps) => sum + pps, 0);
    expect(outcome.deliveredPps + lost).toBeCloseTo(outcome.offeredPps!, 2);
    expect(explain(article.experiments[id]!, host).sentence).toContain('packets per second arrive');
  }
});
