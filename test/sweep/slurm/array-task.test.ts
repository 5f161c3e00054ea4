import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Hosts } from '../../../src/index.js';
import { onNodes } from '../../../src/sweep/slurm/on-nodes.js';
import { SweepFolder } from '../sweep-folder.js';

const program = path.resolve(import.meta.dirname, '../../../dist/sweep/slurm/array-task.js');
let folder: SweepFolder;
/** Ids and texts of five jobs of this kit, and of one that asks another model. */
let jobs: [string, string][];

beforeAll(async () => {
  const { planSweep } = await import('../../../dist/sweep/index.js' as string);
  const { article, parseExperiment, parseSweep } = await import('../../../dist/index.js' as string);
  const { canonicalJson } = await import('../../../dist/sweep/canonical-json.js' as string);
  const { jobId } = await import('../../../dist/sweep/job-id.js' as string);
  const sweep = parseSweep({ id: 's', base: 'x', vary: { payloadBytes: [1, 2, 3, 4, 5] } });
  const planned: object[] = planSweep(sweep, { base: parseExperiment({ id: 'x' }), host: article.host }).map(({ job }: { job: object }) => job);
  jobs = [...planned, { ...planned[0], model: 'another' }].map((job) => [jobId(job), canonicalJson(job)]);
  folder = new SweepFolder();
});
afterAll(() => folder.remove());

/** Runs one task of an array over the jobs. */
function task(into: string, index: number, count: number, texts: readonly (readonly [string, string])[]) {
  const root = folder.in(into);
  mkdirSync(path.join(root, 'slurm/jobs'), { recursive: true });
  for (const [id, text] of texts) writeFileSync(path.join(root, 'slurm/jobs', `${id}.json`), text);
  const list = path.join(root, 'slurm/list.txt');
  writeFileSync(list, texts.map(([id]) => `${id}\n`).join(''));
  const environment = {
    MPPS_SWEEP_FOLDER: root,
    MPPS_SWEEP_JOBS: list,
    MPPS_SWEEP_SSH_CONFIG: '',
    SLURM_ARRAY_TASK_ID: String(index),
    SLURM_ARRAY_TASK_COUNT: String(count),
  };
  return spawnSync(process.execPath, [program], { encoding: 'utf8', env: { ...process.env, ...environment } });
}

const done = (into: string) => folder.results(into).map((name) => path.basename(name, '.json'));

it('tasks share the jobs of an array out, and leave alone what is done', () => {
  const five = jobs.slice(0, 5);
  expect(task('shared', 1, 2, five)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  expect(done('shared').sort()).toEqual([five[1]![0], five[3]![0]].sort());
  const before = folder.stamps('shared');
  for (const index of [0, 1]) expect(task('shared', index, 2, five).status).toBe(0);
  expect(done('shared')).toHaveLength(5);
  expect(folder.stamps('shared')).toMatchObject(before);
});

it('a job that was changed, or that asks another model, is said in one line and left without a result; the others go on', () => {
  const [good, changed, , , , foreign] = jobs as [[string, string], [string, string], never, never, never, [string, string]];
  const { status, stdout, stderr } = task('failed', 0, 1, [foreign, [changed[0], changed[1].replace('"payloadBytes":2', '"payloadBytes":9')], good]);
  expect([status, stderr]).toEqual([1, '']);
  const [first = '', second = '', ...rest] = stdout.trim().split('\n');
  expect(first).toMatch(new RegExp(`^${foreign[0]}: sweep: this kit's model must be another, which the job asks, and is `));
  expect(second).toBe(`${changed[0]}: sweep: the job file must be as it was written, and was changed`);
  expect(rest).toEqual([]);
  expect(done('failed')).toEqual([good[0]]);
  expect(readFileSync(path.join(folder.in('failed'), 'slurm/jobs', `${changed[0]}.json`), 'utf8')).toContain('"payloadBytes":9');
});

it('nodes stand for the machines of a hosts file, the first for the receiver', () => {
  const hosts = {
    receiver: { name: 'receiver', ssh: 'a', interface: 'eth1' },
    senders: [
      { name: 'sender-1', ssh: 'b', interface: 'eth2' },
      { name: 'sender-2', ssh: 'c', interface: 'eth2' },
    ],
  } as unknown as Hosts;
  const placed = onNodes(hosts, ['n1', 'n2', 'n3']);
  expect([placed.receiver, ...placed.senders].map(({ name, ssh }) => [name, ssh])).toEqual([
    ['receiver', 'n1'],
    ['sender-1', 'n2'],
    ['sender-2', 'n3'],
  ]);
  expect(() => onNodes(hosts, ['n1', 'n2'])).toThrow(/Slurm must give 3 nodes, got n1, n2/);
  expect(() => onNodes(hosts, [])).toThrow(/got none/);
});
