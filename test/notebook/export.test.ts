import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { withChromium } from '../explore/chromium.js';

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-export-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Debian's Python, which has Debian's nbconvert; python3 on the PATH may be another.
const python = ['/usr/bin/python3', 'python3'].find((name) => spawnSync(name, ['-c', 'import nbconvert']).status === 0);

test('exported as a page, a lesson keeps its charts, and on paper no line of code is cut off', async (context) => {
  if (python === undefined) return context.skip('nbconvert is not installed here; on Debian: sudo apt-get install jupyter-nbconvert');
  const lesson = path.join(root, 'notebooks/03-nic-hashing.ipynb');
  const { status, stderr } = spawnSync(
    python,
    ['-m', 'nbconvert', '--to', 'html', '--template', 'million-packets', '--output-dir', folder, '--output', 'lesson', lesson],
    { encoding: 'utf8', env: { ...process.env, JUPYTER_PATH: path.join(root, 'jupyter'), PYDEVD_DISABLE_FILE_VALIDATION: '1' } },
  );
  expect(status, stderr).toBe(0);
  const page = path.join(folder, 'lesson.html');
  expect(readFileSync(page, 'utf8').match(/<img [^>]*alt="[^"]+"/g)?.length).toBeGreaterThanOrEqual(4);
  await withChromium(context, async (browser) => {
    const onPaper = await browser.newPage({ viewport: { width: 690, height: 1000 } });
    await onPaper.emulateMedia({ media: 'print' });
    await onPaper.goto(`file://${page}`);
    const cut = await onPaper.locator('.highlight pre').evaluateAll((codes) => codes.filter((code) => code.scrollWidth > code.clientWidth).length);
    expect(cut).toBe(0);
  });
});
