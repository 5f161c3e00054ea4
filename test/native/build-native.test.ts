import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { buildNative } from '../../scripts/build-native.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe.skipIf(process.platform !== 'linux')('buildNative (Linux only)', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('does nothing when the addon is up to date', () => {
    expect(buildNative(root).usable).toBe(true);
    expect(buildNative(root)).toEqual({ built: false, usable: true, reason: 'up to date' });
  });

  it('says so when there is no compiler', () => {
    const bare = mkdtempSync(join(tmpdir(), 'build-native-'));
    mkdirSync(join(bare, 'src/native'), { recursive: true });
    writeFileSync(join(bare, 'package.json'), '{}');
    symlinkSync(join(root, 'node_modules'), join(bare, 'node_modules'));
    vi.stubEnv('PATH', '/nowhere');
    expect(buildNative(bare)).toEqual({
      built: false,
      usable: false,
      reason: 'g++ is missing: install the Debian package g++, then npm run build',
    });
    rmSync(bare, { recursive: true });
  });
});
