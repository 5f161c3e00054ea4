import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');

/** Starts the script; resolves with what it printed once it printed an address or ended. */
async function openJupyter(notebook: string): Promise<{ child: ChildProcess; printed: string; exited: Promise<unknown[]> }> {
  const child = spawn(process.execPath, ['scripts/open-jupyter.mjs', notebook, '--no-browser'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit');
  let printed = '';
  const address = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (text: Buffer) => {
        printed += text.toString();
        if (printed.includes('Ctrl-C')) resolve();
      });
    }
  });
  await Promise.race([address, exited]);
  return { child, printed, exited };
}

test('open-jupyter serves the lesson with this kernel only', async (context) => {
  const { child, printed, exited } = await openJupyter('test/notebook/fixtures/basics.ipynb');
  if (printed.includes('Jupyter is not installed')) return context.skip();
  try {
    const { origin, pathname, searchParams } = new URL(/http:\S+/.exec(printed)?.[0] ?? printed);
    expect(pathname).toMatch(/\/test\/notebook\/fixtures\/basics\.ipynb$/);
    const answer = await fetch(`${origin}/api/kernelspecs`, { headers: { authorization: `token ${searchParams.get('token')}` } });
    const { default: defaultKernel, kernelspecs } = (await answer.json()) as { default: string; kernelspecs: Record<string, unknown> };
    expect(defaultKernel).toBe('million-packets');
    expect(Object.keys(kernelspecs)).toEqual(['million-packets']);
    expect((await fetch(`${origin}/api/kernelspecs`)).status).toBe(403);
  } finally {
    child.kill('SIGINT');
  }
  expect(await exited).toEqual([0, null]);
}, 90_000);

test('open-jupyter refuses a lesson that does not exist', async () => {
  const { printed, exited } = await openJupyter('notebooks/none.ipynb');
  expect(printed).toBe(`openJupyter: notebook must exist, got ${path.join('notebooks', 'none.ipynb')}\n`);
  expect(await exited).toEqual([3, null]);
});
