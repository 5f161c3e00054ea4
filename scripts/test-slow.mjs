// npm run test:slow: the tests that take long or need more tools, beside all others. Installs what they need through apt.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

await prepare({ slow: true });
const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, MPPS_SLOW: '1' },
});
process.exit(status ?? 1);
