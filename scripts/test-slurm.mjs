// npm run test:slurm: the whole test of sweeps on Slurm, a cluster of this one machine from the system's packages. npm test runs the short part of it
// where Slurm is installed.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

await prepare({ slurm: true, hosts: true });
const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/sweep', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, MPPS_TEST_SLURM: '1' },
});
process.exit(status ?? 1);
