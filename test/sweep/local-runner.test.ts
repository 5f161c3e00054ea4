import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SweepTable } from '../../src/index.js';
import { kill, SweepFolder } from './sweep-folder.js';

let folder: SweepFolder;
beforeEach(() => {
  folder = new SweepFolder();
});
afterEach(() => folder.remove());

/** Twenty simulations that take next to no time, and a flood that takes a second and comes last. */
const short = {
  id: 'short',
  base: 'pinned',
  vary: { 'sources.0.offeredPps': [...Array.from({ length: 20 }, (_, index) => 100 * (index + 1)), null] },
  answer: 'simulate',
  seconds: 1,
  replications: 3,
};
const jobs = 21;

const table = (into: string) => JSON.parse(readFileSync(path.join(folder.in(into), 'table.json'), 'utf8')) as SweepTable;

it('gives the same bytes with one worker and with three, and killed at several places and called again, and runs no finished job again', async () => {
  const file = folder.plan('short.json', short);
  expect(folder.sweep('one', file, '--workers', '1')).toMatchObject({ status: 0, stdout: expect.stringMatching(/^21 answers in /) });
  expect(folder.sweep('three', file, '--workers', '3')).toMatchObject({ status: 0 });
  for (const results of [1, 9, 17]) {
    const before = folder.stamps('killed');
    await kill(await folder.start('killed', results, file, '--workers', '2'));
    expect(folder.stamps('killed')).toMatchObject(before);
    if (results === 1) expect(folder.results('killed').length).toBeLessThan(jobs);
  }
  const before = folder.stamps('killed');
  // As a writer leaves it that is killed in the middle.
  writeFileSync(path.join(folder.in('killed'), 'results', '.x.json.1.tmp'), '{"sch');
  expect(folder.sweep('killed', file)).toMatchObject({ status: 0 });
  expect(folder.stamps('killed')).toMatchObject(before);
  expect(Object.keys(folder.bytes('one'))).toHaveLength(jobs + 2);
  expect(folder.bytes('three')).toEqual(folder.bytes('one'));
  expect(folder.bytes('killed')).toEqual(folder.bytes('one'));
}, 300_000);

it('ends with exit code 130 on an interrupt, and keeps what is finished', async () => {
  const file = folder.plan('short.json', short);
  expect(await kill(await folder.start('out', 3, file), 'SIGINT')).toBe(130);
  const before = folder.stamps('out');
  expect(Object.keys(before).length).toBeGreaterThanOrEqual(3);
  expect(folder.sweep('out', file).status).toBe(0);
  expect(folder.stamps('out')).toMatchObject(before);
});

it('refuses a second process in the same folder with exit code 3', async () => {
  const file = folder.plan('long.json', { ...short, vary: { 'sources.0.offeredPps': [100, null] }, seconds: 20 });
  const first = await folder.start('out', 1, file);
  expect(folder.sweep('out', file)).toMatchObject({ status: 3, stdout: '', stderr: expect.stringMatching(/^mpps: sweep: another process .*\n$/) });
  await kill(first);
});

it('answers only what a changed plan adds, and has one row a job in the order of the plan', () => {
  const plan = { id: 's', base: 'pinned', vary: { 'receiver.batchPackets': [1, 8], payloadBytes: [32, 64] } };
  expect(folder.sweep('out', folder.plan('s.json', plan)).status).toBe(0);
  const before = folder.stamps('out');
  const longer = { ...plan, vary: { payloadBytes: [64, 16, 32], 'receiver.batchPackets': [8, 4, 1] } };
  const dry = folder.sweep('out', folder.plan('t.json', longer), '--dry-run');
  expect(dry.stdout.match(/^done /gm)).toHaveLength(4);
  expect(dry.stdout.match(/^would predict [0-9a-f]{12} {2}payloadBytes=\d+, receiver\.batchPackets=\d$/gm)).toHaveLength(5);
  expect(dry.stdout).toContain('5 of 9 jobs to run into ');
  expect(folder.stamps('out')).toEqual(before);
  const { status, stdout } = folder.sweep('out', folder.plan('t.json', longer), '--json');
  expect(status).toBe(0);
  expect(folder.stamps('out')).toMatchObject(before);
  const { rows, axes } = table('out');
  expect(JSON.parse(stdout)).toEqual({ folder: folder.in('out'), ...table('out') });
  expect(axes).toEqual(['payloadBytes', 'receiver.batchPackets']);
  expect(rows.map((row) => axes.map((axis) => row[axis]))).toEqual([64, 16, 32].flatMap((payload) => [8, 4, 1].map((batch) => [payload, batch])));
  const lines = readFileSync(path.join(folder.in('out'), 'table.csv'), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(10);
  expect(lines[0]).toMatch(/^job,experiment,payloadBytes,receiver\.batchPackets,offeredPps,deliveredPps,/);
});

it('answers with the reason where a host cannot express an experiment, and goes on', () => {
  const plan = { id: 's', base: 'pinned', vary: { 'receiver.placements': [[{ cpu: 0 }], [{ cpu: 4095 }]] } };
  expect(folder.sweep('out', folder.plan('s.json', plan))).toMatchObject({ status: 0, stdout: expect.stringContaining('1 of them are refusals') });
  expect(table('out').rows).toMatchObject([{ refused: null }, { deliveredPps: null, refused: expect.stringMatching(/4095/) }]);
});

it.each([
  ['no such sweep', ['no-such'], /sweep: must be a YAML or JSON file or one of .*livelock-surface.*got "no-such"/],
  ['a broken file', ['torn'], /torn: must be YAML/],
  ['a wrong point', ['wrong'], /sweep s: payloadBytes=-1: payloadBytes must be >= 0, got -1/],
  ['an unknown base', ['base'], /experiment: must be a JSON file or one of .*got "pined"/],
  ['no workers', ['good', '--workers', '0'], /--workers must be a whole number from 1 to 1024, got 0/],
  ['an unknown place', ['good', '--on', 'moon'], /--on must be local or slurm, got moon/],
])('refuses %s in one line, with exit code 2', (_, [name = '', ...flags], message) => {
  const good = { id: 's', base: 'pinned', vary: { payloadBytes: [32] } };
  folder.plan('good', good);
  folder.plan('wrong', { ...good, vary: { payloadBytes: [-1] } });
  folder.plan('base', { ...good, base: 'pined' });
  writeFileSync(folder.in('torn'), '{"id":');
  const { status, stdout, stderr } = folder.sweep('out', name === 'no-such' ? name : folder.in(name), ...flags);
  expect(stderr).toMatch(message);
  expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
});
