// npm run notebooks: executes every lesson and stores the outputs in it. Running it twice changes nothing.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

await prepare();
const names = readdirSync(path.join(root, 'notebooks'))
  .filter((name) => name.endsWith('.ipynb'))
  .sort();
const results = names.map((name) => {
  const file = path.join(root, 'notebooks', name);
  return (
    spawnSync(process.execPath, [path.join(root, 'scripts/run-notebook.cjs'), file, '--write', file], { cwd: root, stdio: 'inherit' }).status === 0
  );
});
console.log(`${results.filter(Boolean).length} passed, ${results.filter((good) => !good).length} failed`);
process.exit(results.every(Boolean) ? 0 : 1);
