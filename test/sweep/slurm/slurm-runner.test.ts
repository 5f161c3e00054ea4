import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kill, SweepFolder } from '../sweep-folder.js';
import { SlurmCluster, slurmObstacle, until } from './slurm-cluster.js';

/** Whether the slow part was asked for: `npm run test:slurm`. */
const isWhole = process.env.MPPS_TEST_SLURM === '1';
const seeds = Array.from({ length: isWhole ? 10 : 1 }, (_, seed) => seed);

/** 200 simulations, or 20. */
const plan = {
  id: 'on-slurm',
  base: 'pinned',
  vary: { 'receiver.socketBufferBytes': [4608, 9216, 18432, 36864, 73728], 'receiver.workNs': [0, 1000, 2000, 4000] },
  answer: 'simulate',
  seeds,
  seconds: 0.02,
  replications: 2,
};
const jobs = 20 * seeds.length;

let cluster: SlurmCluster;
let folder: SweepFolder;
let file: string;

/** Lists of jobs, one an array that was submitted. */
const arrays = (into: string) => readdirSync(path.join(folder.in(into), 'slurm')).filter((name) => name.endsWith('.txt'));

describe.skipIf(slurmObstacle !== null)(`a sweep on single-node Slurm${slurmObstacle ? ` (skipped: ${slurmObstacle})` : ''}`, () => {
  // Fewer tasks than jobs, so that tasks must share them out.
  beforeAll(async () => {
    cluster = await SlurmCluster.start({ maxArraySize: jobs / 4 });
    folder = new SweepFolder();
    file = folder.plan('plan.json', plan);
    expect(folder.sweep('local', file)).toMatchObject({ status: 0 });
  });
  afterAll(async () => {
    await cluster?.stop();
    folder?.remove();
  });

  it(`of ${jobs} jobs, killed half-way and called again, gives the bytes of the local pool, runs no finished job again and submits no job twice`, async () => {
    const sitting = await folder.start('killed', jobs / 2, file, '--on', 'slurm');
    await kill(sitting);
    const before = folder.stamps('killed');
    expect(cluster.queued()).toBeGreaterThan(0);
    expect(folder.sweep('killed', file, '--on', 'slurm')).toMatchObject({ status: 0 });
    expect(folder.stamps('killed')).toMatchObject(before);
    expect(folder.bytes('killed')).toEqual(folder.bytes('local'));
    expect(arrays('killed')).toHaveLength(1);
  }, 600_000);

  it('takes its tasks out of the queue on an interrupt; the next call submits what is missing', async () => {
    const sitting = await folder.start('interrupted', jobs / 4, file, '--on', 'slurm');
    expect(await kill(sitting, 'SIGINT')).toBe(130);
    await until('an empty queue', () => cluster.queued() === 0);
    const before = folder.stamps('interrupted');
    const missing = jobs - Object.keys(before).length;
    expect(missing).toBeGreaterThan(0);
    const dry = folder.sweep('interrupted', file, '--on', 'slurm', '--dry-run').stdout;
    expect(dry).toMatch(new RegExp(`would submit: sbatch .*--array=0-${Math.min(missing, jobs / 4) - 1} `));
    expect(folder.sweep('interrupted', file, '--on', 'slurm')).toMatchObject({ status: 0 });
    expect(folder.stamps('interrupted')).toMatchObject(before);
    expect(folder.bytes('interrupted')).toEqual(folder.bytes('local'));
    const [list = ''] = arrays('interrupted').filter(
      (name) => readFileSync(path.join(folder.in('interrupted'), 'slurm', name), 'utf8').split('\n').length - 1 < jobs,
    );
    expect(readFileSync(path.join(folder.in('interrupted'), 'slurm', list), 'utf8').split('\n').length - 1).toBe(missing);
  }, 600_000);

  it('says in one line what Slurm refuses', () => {
    process.env.SBATCH_PARTITION = 'no-such';
    const { status, stdout, stderr } = folder.sweep('refused', file, '--on', 'slurm');
    delete process.env.SBATCH_PARTITION;
    expect([status, stdout]).toEqual([3, '']);
    expect(stderr.trim().split('\n').at(-1)).toMatch(/^mpps: sweep: sbatch failed: .*[Ii]nvalid partition/);
  });
});
