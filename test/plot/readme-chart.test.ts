import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { article } from '../../src/index.js';
import { articleChartRows, publishedVersusPredicted } from '../../src/plot/index.js';

it('the chart in the README is what the model says today (npm run notebooks draws it)', () => {
  const drawn = readFileSync(path.resolve(import.meta.dirname, '../../docs/article.svg'), 'utf8');
  expect(drawn).toBe(publishedVersusPredicted(articleChartRows(article)));
});
