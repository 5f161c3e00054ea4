// npm start: prepares, runs `mpps start`, and opens Jupyter on the first lesson unless --no-open is given.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

const open = !process.argv.includes('--no-open');
const rest = process.argv.slice(2).filter((argument) => argument !== '--no-open');
const missing = await prepare({ jupyter: open });
const { status, signal } = spawnSync(process.execPath, [path.join(root, 'dist/cli/mpps.js'), 'start', ...rest], { cwd: root, stdio: 'inherit' });
if (status !== 0 || !open || rest.includes('--help')) process.exit(signal === 'SIGINT' ? 130 : (status ?? 1));
if (missing.some((line) => line.includes('jupyter'))) process.exit(3);
const { openJupyter } = await import('./open-jupyter.mjs');
try {
  const { stopped } = await openJupyter({ root, notebook: 'notebooks/00-start-here.ipynb', browser: Boolean(process.env.DISPLAY) });
  process.exit(await stopped);
} catch (error) {
  console.error(`start: ${error.message}`);
  process.exit(1);
}
