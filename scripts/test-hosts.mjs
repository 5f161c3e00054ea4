// npm run test:hosts: the whole test of target hosts, with real OpenSSH servers in network namespaces. npm test runs the short part of it.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

await prepare({ hosts: true });
const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/targets', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, MPPS_TEST_HOSTS: '1' },
});
process.exit(status ?? 1);
