// Fits the article's host: reads data/article/ID.json, writes data/article/host.json and data/article/fit.json.
// Run after a build: npm run build && node scripts/fit-article.mjs. The priors, each with its source, are in src/model/fit/article-priors.ts.
import { writeFileSync } from 'node:fs';
import { checkFit, fitArticle } from '../dist/model/index.js';
import { article } from '../dist/records/article.js';

const { host, fit } = fitArticle(article.details, 'npm run build && node scripts/fit-article.mjs');
const checks = checkFit(article.details, { distorted: 9, moved: 9 });
for (const [name, content] of Object.entries({ host, fit: { ...fit, checks } })) {
  writeFileSync(new URL(`../data/article/${name}.json`, import.meta.url), `${JSON.stringify(content, null, 2)}\n`);
}
