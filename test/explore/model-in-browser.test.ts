import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { expect, test } from 'vitest';
import * as model from '../../src/model/index.js';
import { article } from '../../src/records/article.js';
import { withChromium } from './chromium.js';

const bundle = path.resolve(import.meta.dirname, '../../dist/browser/model.js');
const { experiments, host } = article;

/** Everything that the model says about the article, as text. Runs in three places, so it uses nothing from outside. */
function answers({ predict, simulate, explain }: typeof model, cases: typeof experiments, machine: typeof host): string[] {
  return Object.values(cases).map((experiment) =>
    JSON.stringify([
      predict(experiment, machine),
      explain(experiment, machine),
      simulate(experiment, machine, { seed: 7, seconds: 0.05, replications: 2 }),
    ]),
  );
}

test('the bundled model gives the same digits in Chromium as in Node', async (context) => {
  const expected = answers(model, experiments, host);
  const inNode = vm.runInNewContext(`${readFileSync(bundle, 'utf8')}; (${answers})(millionPackets, experiments, host)`, { experiments, host });
  expect([...inNode]).toEqual(expected);
  await withChromium(context, async (browser) => {
    const page = await browser.newPage();
    await page.addScriptTag({ path: bundle });
    expect(await page.evaluate(`(${answers})(millionPackets, ${JSON.stringify(experiments)}, ${JSON.stringify(host)})`)).toEqual(expected);
  });
});

test('the bundled model is one small script without imports', () => {
  const code = readFileSync(bundle, 'utf8');
  // As booleans: a failure need not print the script.
  expect(/["'`]node:|\brequire\(|\bimport\(/.test(code)).toBe(false);
  expect(code.length).toBeLessThan(170_000);
});
