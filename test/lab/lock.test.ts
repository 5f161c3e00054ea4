import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

const lockFile = path.resolve(import.meta.dirname, '../../dist/lab/lock.js');

it.skipIf(process.platform !== 'linux')('one process holds the lock, and it is free again when that process ends', () => {
  const script = `
    import { takeLock } from ${JSON.stringify(lockFile)};
    const name = '\\0million-packets.test.' + process.pid;
    const lock = await takeLock({ name });
    let refused = '';
    try { await takeLock({ name, waitS: 0 }); } catch (error) { refused = error.code; }
    await lock.release();
    const again = await takeLock({ name, waitS: 0 });
    await again.release();
    console.log(refused);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.trim()).toBe('EHOST');
});
