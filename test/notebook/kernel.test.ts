import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { type RunNotebook, runCells } from './run-cells.js';

const limitMs = 60_000;
const printed = (run: RunNotebook, cell: number) => run.outputs[cell]?.flatMap((output) => output.text ?? []).join('');

test(
  'cells may use shorthand for names of earlier cells',
  async () => {
    const run = await runCells([
      { source: 'const x = 1; const o = { key: 2, other: 3 }; let z = 0;' },
      { source: 'console.log(JSON.stringify({ x }));' },
      { source: 'const { key: y, ...rest } = o; console.log(y, JSON.stringify(rest));' },
      { source: '({ key: z } = o); console.log(z);' },
      { source: 'for ({ other: z } of [o]) console.log(z);' },
      { source: 'const { key: inner } = { key: x }; console.log(inner);' },
      { source: 'const sum = await Promise.resolve(x + y); sum' },
    ]);
    expect(run.report).toMatchObject({ ok: true });
    expect([1, 2, 3, 4, 5, 6].map((cell) => printed(run, cell))).toEqual(['{"x":1}\n', '2 {"other":3}\n', '2\n', '3\n', '1\n', '3\n']);
  },
  limitMs,
);

test(
  'a type error stops the notebook with a readable message',
  async () => {
    const run = await runCells([{ source: 'const pps: number = 5;' }, { source: 'const text: string = pps;' }, { source: 'console.log("never")' }]);
    expect(run.exitCode).toBe(1);
    expect(run.report.cells).toHaveLength(2);
    expect(run.report.cells[1]).toMatchObject({
      failed: true,
      reason: 'it failed',
      stderr: "1:7 - Type 'number' is not assignable to type 'string'.\n",
    });
  },
  limitMs,
);

test(
  'cells are checked strictly',
  async () => {
    const run = await runCells([
      { source: 'const name: string = null;', tags: ['raises-exception'] },
      { source: 'function f(a) { return a; }', tags: ['raises-exception'] },
    ]);
    expect(run.report.ok).toBe(true);
  },
  limitMs,
);

test(
  'a cell tagged raises-exception must fail, and leaves no path of this machine',
  async () => {
    const good = await runCells([
      { source: 'throw new Error("not yet: the table. Hint: look at the queues");', tags: ['raises-exception'] },
      { source: 'console.log("goes on")' },
    ]);
    expect(good.report).toMatchObject({ ok: true, cells: [{ status: 'error', failed: false }, { status: 'ok' }] });
    expect(printed(good, 0)).toBe('Error: not yet: the table. Hint: look at the queues\n');
    expect(printed(good, 1)).toBe('goes on\n');
    const bad = await runCells([{ source: '1 + 1', tags: ['raises-exception'] }]);
    expect(bad.report.cells[0]).toMatchObject({ failed: true, reason: 'it is tagged raises-exception and did not fail' });
  },
  limitMs,
);

test(
  'text on stderr and stray rejections fail a cell',
  async () => {
    const tagged = await runCells([{ source: 'console.error("warning")', tags: ['stderr'] }, { source: 'console.error("oops")' }]);
    expect(tagged.report.cells).toMatchObject([{ failed: false }, { failed: true, reason: 'it wrote to stderr', stderr: 'oops\n' }]);
    const stray = await runCells([{ source: 'void Promise.reject(new Error("nobody waits"));' }]);
    expect(stray.report.cells[0]).toMatchObject({ failed: true, status: 'error' });
    expect(stray.report.cells[0]?.stderr).toContain('unhandled rejection: Error: nobody waits');
  },
  limitMs,
);

test(
  'live cells run only when asked for',
  async () => {
    const cells = [{ source: 'console.log("measured")', tags: ['live'] }];
    expect((await runCells(cells)).report.cells[0]?.status).toBe('skipped');
    expect(printed(await runCells(cells, { MPPS_LIVE: '1' }), 0)).toBe('measured\n');
  },
  limitMs,
);

test(
  'cells see the types of this package, not any',
  async () => {
    const wrong = [
      "packetPath('text')",
      'packetPath([{ name: 5 }])',
      'const size: string = formatKpps',
      "table([{ a: 1 }], [{ label: 'b', value: 'b' }])",
      'svg({ width: "wide" })',
    ];
    const run = await runCells([
      { source: "import { formatKpps, packetPath, svg } from 'million-packets/plot';\nimport { table } from 'million-packets/notebook';" },
      ...wrong.map((source) => ({ source, tags: ['raises-exception'] })),
    ]);
    expect(run.report).toMatchObject({ ok: true });
    for (const cell of wrong.keys()) expect(printed(run, cell + 1)).toMatch(/^\d+:\d+ - /);
  },
  limitMs,
);

test(
  'a cell that never ends fails at the limit',
  async () => {
    const run = await runCells([{ source: 'await new Promise(() => {});' }], {}, ['--limit-s', '3']);
    expect(run.exitCode).toBe(1);
    expect(run.report).toMatchObject({ ok: false, reason: 'it did not end within 3 s' });
  },
  limitMs,
);

test(
  'a type error says what is wrong and what may have been meant',
  async () => {
    const wrong = [
      ['predict(experiment)', 'Expected 2 arguments, but got 1.'],
      ['predict(experiment, host).deliverdPps', "Did you mean 'deliveredPps'?"],
      ['predict({ ...experiment, payloadByte: 32 }, host)', "Did you mean to write 'payloadBytes'?"],
      ["predict({ ...experiment, receiver: { ...experiment.receiver, layout: 'shred' } }, host)", 'Did you mean \'"shared"\'?'],
    ] as const;
    const run = await runCells([
      { source: "import { article, predict } from 'million-packets';\nconst host = article.host;\nconst experiment = article.experiments.pinned;" },
      ...wrong.map(([source]) => ({ source, tags: ['raises-exception'] })),
    ]);
    expect(run.report).toMatchObject({ ok: true });
    for (const [cell, [, help]] of wrong.entries()) expect(printed(run, cell + 1)).toContain(help);
  },
  limitMs,
);

test(
  'completion knows the public names and the fields behind them',
  async () => {
    const cell =
      "import { article, predict } from 'million-packets';\nimport * as lesson from 'million-packets/notebook';\nconst { host } = article;";
    const texts = ['host.costs.soft', 'predict(article.experiments.pinned, host).del', 'article.', 'lesson.recorded', 'pre'];
    const script = path.join(import.meta.dirname, 'complete.cjs');
    const { stdout } = await promisify(execFile)(process.execPath, [script, cell, ...texts]);
    const { isGood, found } = JSON.parse(stdout) as { isGood: boolean; found: string[][] };
    expect(isGood).toBe(true);
    const expected = [
      ['softirqNs', 'softirqDropRatio'],
      ['deliveredPps'],
      ['experiments', 'published', 'host'],
      ['recordedRuns', 'recordedNicRuns'],
      ['predict'],
    ];
    for (const [index, names] of expected.entries()) expect(found[index], texts[index]).toEqual(expect.arrayContaining(names));
  },
  limitMs,
);

test(
  'each press of the stop button ends what waits for it, and the kernel lives on',
  async () => {
    const press = 'setTimeout(() => process.kill(process.pid, "SIGINT"), 200);';
    const wait = 'await new Promise((resolve) => interruptSignal().addEventListener("abort", resolve));';
    const run = await runCells([
      { source: "import { interruptSignal } from 'million-packets/notebook';\nconst first = interruptSignal();" },
      { source: `${press}\n${wait}\nconsole.log(first.aborted, interruptSignal().aborted);` },
      { source: `${press}\n${wait}\nconsole.log('ended again');` },
    ]);
    expect(run.report).toMatchObject({ ok: true });
    expect([1, 2].map((cell) => printed(run, cell))).toEqual(['true false\n', 'ended again\n']);
  },
  limitMs,
);
