// npm run notebooks: executes every lesson and stores the outputs in it, and draws the README's chart. Running it twice changes nothing.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

await prepare();
const names = readdirSync(path.join(root, 'notebooks'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ipynb') && !name.includes('.ipynb_checkpoints'))
  .sort();
const results = names.map((name) => {
  const file = path.join(root, 'notebooks', name);
  return (
    spawnSync(process.execPath, [path.join(root, 'scripts/run-notebook.cjs'), file, '--write', file], { cwd: root, stdio: 'inherit' }).status === 0
  );
});
const { article } = await import('../dist/index.js');
const { articleChartRows, publishedVersusPredicted } = await import('../dist/plot/index.js');
mkdirSync(path.join(root, 'docs'), { recursive: true });
writeFileSync(path.join(root, 'docs/article.svg'), publishedVersusPredicted(articleChartRows(article)));
console.log(`${results.filter(Boolean).length} passed, ${results.filter((good) => !good).length} failed`);
process.exit(results.every(Boolean) ? 0 : 1);
