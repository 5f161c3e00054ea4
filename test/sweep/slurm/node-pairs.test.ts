import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRuns } from '../../../src/index.js';
import { hostsObstacle, NamespaceHosts } from '../../targets/namespace-hosts.js';
import { SlurmCluster, slurmObstacle } from './slurm-cluster.js';

const obstacle = process.env.MPPS_TEST_SLURM === '1' ? (slurmObstacle ?? hostsObstacle) : 'asked for by npm run test:slurm';

let hosts: NamespaceHosts;
let cluster: SlurmCluster;

describe.skipIf(obstacle !== null)(`measurements on Slurm${obstacle ? ` (skipped: ${obstacle})` : ''}`, () => {
  // Slurm's nodes are the machines of the test network: its daemons live where the controller is, and reach the machines over SSH.
  beforeAll(async () => {
    hosts = await NamespaceHosts.start();
    cluster = await SlurmCluster.start({ nodes: ['receiver', 'sender'], within: ['nsenter', `--net=${hosts.controllerNet}`] });
  });
  afterAll(async () => {
    await cluster?.stop();
    hosts?.stop();
  });

  it('run on node pairs of their own, to which the kit is brought, and their records say which machines they were', async () => {
    const base = { sources: [{ offeredPps: 2000, batchPackets: 8 }], durationS: 0.5, warmUpS: 0.2 };
    // Names that no machine has: Slurm says which nodes it is to be.
    const anyHosts = readFileSync(hosts.hostsFile(), 'utf8').replace('ssh: receiver', 'ssh: first').replace('ssh: sender', 'ssh: second');
    hosts.file('any.yaml', anyHosts);
    const plan = { id: 'pairs', base, vary: { 'receiver.batchPackets': [1, 8] }, answer: 'measure', hosts: 'any.yaml' };
    const file = hosts.file('pairs.json', JSON.stringify(plan));
    const into = path.join(hosts.folder, 'results of pairs');
    const { status, stdout, stderr } = await hosts.startMpps(
      'sweep',
      file,
      '--on',
      'slurm',
      '--folder',
      into,
      '--ssh-config',
      hosts.sshConfig(),
      '--json',
    ).ended;
    expect([status, stderr.match(/^mpps:.*/m)?.[0]]).toEqual([0, undefined]);
    const { rows } = JSON.parse(stdout) as { rows: { job: string; run: string; deliveredPps: number }[] };
    const { runs } = readRuns(path.join(into, 'runs'));
    expect(runs).toHaveLength(2);
    for (const { job, run, deliveredPps } of rows) {
      const record = runs.find(({ name }) => name === run);
      expect(record).toMatchObject({ facts: { sweepJob: job }, outcome: { deliveredPps } });
      expect(record?.hosts?.map(({ role }) => role)).toEqual(['receiver', 'sender']);
      expect(record?.outcome.deliveredPackets).toBeGreaterThan(0);
    }
    expect(cluster.queued()).toBe(0);
  }, 300_000);
});
