import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { plan } from '../../src/model/index.js';
import { article } from '../../src/records/article.js';

const ids = [
  'naive',
  'pinned',
  'two-senders-one-ip',
  'place-same-node',
  'place-same-cpu',
  'place-ht-sibling',
  'place-other-node',
  'two-ips',
  'many-queues-one-reader',
  'two-threads-one-socket',
  'reuseport-four',
  'aligned-four',
  'aligned-other-node',
];

describe('article', () => {
  it('holds the thirteen configurations in the article’s order', () => {
    for (const part of [article.experiments, article.published, article.details]) expect(Object.keys(part)).toEqual(ids);
    const files = readdirSync(new URL('../../data/article/', import.meta.url)).filter((name) => name.endsWith('.json'));
    expect(files.sort()).toEqual([...ids.map((id) => `${id}.json`), 'fit.json', 'host.json'].sort());
  });

  it.each(ids)('%s says everything and can be planned', (id) => {
    const detail = article.details[id];
    expect(detail?.experiment.id).toBe(id);
    expect(Object.keys(detail?.experiment.assumed ?? {}).length).toBeGreaterThanOrEqual(3);
    expect(plan(article.experiments[id] as never, article.host).receivePath).toBe('physical-nic');
  });

  it('leaves nothing in the files to defaults', () => {
    for (const id of ids) {
      const { experiment } = JSON.parse(readFileSync(new URL(`../../data/article/${id}.json`, import.meta.url), 'utf8'));
      expect(article.experiments[id]).toEqual(experiment);
    }
  });

  it('has the pps of every printed line from the megabit column', () => {
    const megabits = {
      naive: [90.01, 72.603, 67.033, 51.013, 49.966, 50.836, 51.147, 50.509],
      'two-ips': [156.019, 168.102, 166.12],
      'reuseport-four': [285.271, 293.518, 288.354],
    };
    for (const [id, columns] of Object.entries(megabits)) {
      expect(article.details[id]?.published.lines).toEqual(columns.map((megabit) => Math.round((megabit * 1e6) / 8 / 32)));
    }
  });

  it('publishes the mean of the lines, else the figure of the prose', () => {
    const values = Object.fromEntries(ids.map((id) => [id, article.published[id]?.deliveredPps]));
    expect(values).toMatchObject({
      naive: 235897,
      pinned: 366636,
      'two-senders-one-ip': 352933,
      'place-same-cpu': 430000,
      'many-queues-one-reader': 437000,
      'aligned-four': 1400000,
      'aligned-other-node': 1000000,
    });
    expect(article.published.naive?.delivered).toEqual({ low: 195180, high: 351602, level: 1, kind: 'observed' });
  });

  it('marks what the article calls a best case', () => {
    expect(ids.filter((id) => article.details[id]?.published.upTo)).toEqual(['place-same-cpu', 'aligned-other-node']);
  });

  it.each([
    ['many-queues-one-reader', /counts twice/],
    ['two-ips', /RX-4 in one listing and RX-3 in another/],
    ['reuseport-four', /command of the sender is not shown/],
    ['place-same-cpu', /sets readNs/],
  ])('notes the contradiction or gap in %s', (id, note) => expect(article.details[id]?.notes.join(' ')).toMatch(note));

  it('marks what is not stated', () => {
    for (const id of ids) expect(article.experiments[id]?.assumed['receiver.socketBufferBytes']).toMatch(/4 KiB/);
    for (const id of ['aligned-four', 'aligned-other-node']) expect(article.experiments[id]?.assumed['nic.observedQueues']).toMatch(/not stated/);
  });

  it('gives the same object at every use', () => {
    expect(article.host).toBe(article.host);
    expect(article.host.cpus).toHaveLength(24);
  });
});
