import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findJupyter, openJupyter } from '../../scripts/open-jupyter.mjs';
import { labObstacles } from '../../src/index.js';
import { withChromium } from '../explore/chromium.js';

const root = path.resolve(import.meta.dirname, '../..');
const obstacles = labObstacles();
const namespaces = () => (existsSync('/run/netns') ? readdirSync('/run/netns').filter((name) => name.startsWith('mpps-')) : []);

const cells = [
  `import { article, measure, parseExperiment, predict } from 'million-packets';
import { interruptSignal, progress } from 'million-packets/notebook';
const offeredPps = 20_000;
const paced = parseExperiment({ id: 'paced', durationS: 20, warmUpS: 0.3, sources: [{ offeredPps, batchPackets: 16 }] });
console.log('delivers', Math.round(predict(paced, article.host).deliveredPps));`,
  `const bar = progress('paced');
await measure(paced, { folder: null, signal: interruptSignal(), onProgress: ({ step, elapsedS }) => bar.update({ text: step, step: elapsedS }) });
console.log('went through to the end');`,
  `console.log('the kernel is alive');`,
];

/** What of the classic notebook's page this test calls. */
interface Page {
  Jupyter: {
    notebook: { kernel: { is_connected(): boolean; interrupt(): void }; execute_cells(at: number[]): void; save_notebook(): Promise<void> };
  };
}

test.skipIf(process.env.MPPS_SLOW !== '1')(
  'in real Jupyter a cell is edited and run anew, a live run interrupted, the page reloaded',
  async (context) => {
    if (!findJupyter()?.isClassic) return context.skip('No classic Jupyter Notebook is installed; on Debian: sudo apt-get install jupyter-notebook');
    mkdirSync(path.join(root, 'build'), { recursive: true });
    const folder = mkdtempSync(path.join(root, 'build/driven-'));
    const file = path.join(folder, 'driven.ipynb');
    const metadata = { kernelspec: { name: 'million-packets', display_name: 'TypeScript', language: 'typescript' } };
    const code = cells.map((source) => ({ cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source }));
    writeFileSync(file, JSON.stringify({ cells: code, metadata, nbformat: 4, nbformat_minor: 4 }));
    const { address, stop, stopped } = await openJupyter({ root, notebook: path.relative(root, file), browser: false });
    try {
      await withChromium(context, async (browser) => {
        const page = await browser.newPage();
        const output = (cell: number) => page.locator('.code_cell').nth(cell).locator('.output_wrapper');
        const connected = () =>
          page.waitForFunction(() => (globalThis as unknown as Page).Jupyter?.notebook?.kernel?.is_connected?.(), null, { timeout: 60_000 });
        const run = (cell: number) => page.evaluate((at) => (globalThis as unknown as Page).Jupyter.notebook.execute_cells([at]), cell);
        const says = (cell: number, text: string) => expect.poll(() => output(cell).innerText(), { timeout: 60_000 }).toContain(text);

        await page.goto(address);
        await connected();
        await run(0);
        await says(0, 'delivers 20000');
        const edited = (cells[0] ?? '').replace('20_000', '30_000');
        await page.evaluate(`document.querySelector('.CodeMirror').CodeMirror.setValue(${JSON.stringify(edited)})`);
        await run(0);
        await says(0, 'delivers 30000');

        if (obstacles.length === 0) {
          const before = namespaces();
          await run(1);
          await expect.poll(() => output(1).innerText(), { timeout: 60_000 }).toMatch(/paced: step .*measure/);
          const made = namespaces().filter((name) => !before.includes(name));
          expect(made).not.toEqual([]);
          await page.evaluate(() => (globalThis as unknown as Page).Jupyter.notebook.kernel.interrupt());
          await expect.poll(() => namespaces().filter((name) => made.includes(name)), { timeout: 30_000 }).toEqual([]);
          expect(await output(1).innerText()).not.toContain('went through');
        }
        await run(2);
        await says(2, 'the kernel is alive');

        await page.evaluate(() => (globalThis as unknown as Page).Jupyter.notebook.save_notebook());
        await page.reload();
        await connected();
        await says(0, 'delivers 30000');
        expect(await page.locator('.code_cell').nth(0).locator('.CodeMirror-code').innerText()).toContain('30_000');
      });
    } finally {
      stop();
      await stopped;
      rmSync(folder, { recursive: true, force: true });
    }
  },
  300_000,
);
