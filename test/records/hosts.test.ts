import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { article, explain, predict } from '../../src/index.js';
import { readHostFile } from '../../src/lab/index.js';

const folder = path.resolve(import.meta.dirname, '../../data/hosts');
const files = readdirSync(folder);

it('there are hosts of at least three other kinds', () => expect(files.length).toBeGreaterThanOrEqual(4));

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
