import { expect, test, vi } from 'vitest';
import { explorable } from '../../src/notebook/index.js';
import { withChromium } from '../explore/chromium.js';
import { runCells } from './run-cells.js';

const cell = { source: "import { explorable } from 'million-packets/notebook';\nexplorable('packet-path');" };

test('a cell shows an explorable: a picture, and a sandboxed frame in its place where scripts run', async (context) => {
  const { report, outputs, written } = await runCells([cell, { source: "explorable('hashing');" }]);
  expect(report.ok).toBe(true);
  expect((await runCells([cell, { source: "explorable('hashing');" }])).written).toBe(written);
  const html = outputs[0]?.[0]?.data?.['text/html']?.join('') ?? '';
  // A notebook is read, sent and kept in git.
  for (const [output] of outputs) expect(output?.data?.['text/html']?.join('').length).toBeLessThan(180_000);
  await withChromium(context, async (browser) => {
    const page = await browser.newPage({ viewport: { width: 900, height: 900 } });
    const said: string[] = [];
    page.on('console', (message) => said.push(message.text()));
    page.on('pageerror', (error) => said.push(error.message));
    await page.setContent(html);
    expect(await page.locator('iframe').getAttribute('sandbox')).toBe('allow-scripts');
    const frame = page.frameLocator('iframe');
    const slider = frame.getByLabel(/^offered/);
    const before = await frame.locator('.picture').innerHTML();
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => frame.locator('.picture').innerHTML()).not.toBe(before);
    // As high as what it holds: nothing is cut off, nothing scrolls inside.
    await expect.poll(() => frame.locator('html').evaluate((root) => root.scrollHeight - root.clientHeight)).toBe(0);
    expect(said).toEqual([]);
  });
});

test('without scripts, as in an untrusted notebook, the picture stands in', async (context) => {
  const { outputs } = await runCells([cell]);
  const html = outputs[0]?.[0]?.data?.['text/html']?.join('') ?? '';
  await withChromium(context, async (browser) => {
    const page = await browser.newPage();
    await page.setContent(html.replace(/<script>[\s\S]*<\/script>/, ''));
    expect(await page.locator('img').evaluate((picture) => (picture as { naturalWidth?: number }).naturalWidth)).toBeGreaterThan(300);
    expect(await page.locator('img').getAttribute('alt')).toMatch(/packets per second arrive/);
    expect(await page.locator('p').textContent()).toContain('trust the notebook');
  });
});

test('an unknown explorable is refused with the names that there are', () => {
  expect(() => explorable('path')).toThrow(
    new RangeError('explorable: name must be one of packet-path, hashing, occupancy, livelock, article-table, got "path"'),
  );
});

test('outside a notebook it prints what it asks', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  explorable('livelock');
  expect(log.mock.calls.flat().join('')).toMatch(/^\[explorable\] More packets in/);
  log.mockRestore();
});
