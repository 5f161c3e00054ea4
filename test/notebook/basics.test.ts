import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runNotebook } from './run-cells.js';

const fixture = path.join(import.meta.dirname, 'fixtures/basics.ipynb');

test('basics.ipynb shows what it showed, to the byte', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'mpps-basics-'));
  try {
    const out = path.join(folder, 'out.ipynb');
    const run = await runNotebook(fixture, out);
    expect(run.report).toMatchObject({ ok: true });
    expect(run.written).not.toContain(path.resolve(import.meta.dirname, '../..'));
    // After a wanted change: MPPS_UPDATE=1 npx vitest run test/notebook/basics.test.ts
    if (process.env.MPPS_UPDATE === '1') await copyFile(out, fixture);
    expect(run.written).toBe(await readFile(fixture, 'utf8'));
  } finally {
    await rm(folder, { recursive: true });
  }
}, 60_000);
