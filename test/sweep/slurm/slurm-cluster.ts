import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { findProgram } from '../../../src/host/index.js';

const programs = ['sbatch', 'squeue', 'scancel', 'scontrol', 'slurmctld', 'slurmd', 'munged'];

/** Why no Slurm can be started on this machine; null when one can. */
export const slurmObstacle: string | null = programs.every(findProgram)
  ? process.getuid?.() === 0
    ? null
    : 'the daemons of Slurm need root'
  : 'Slurm is missing; Debian: apt-get install slurm-wlm munge, or npm run test:slurm';

/** How to start a cluster; everything may be left out. */
export interface SlurmClusterOptions {
  nodes?: readonly string[];
  maxArraySize?: number;
  /** Program and arguments that every daemon is started through. */
  within?: readonly string[];
}

/**
 * A Slurm cluster of one machine: its own munge key and socket, its own configuration, its own ports on loopback, everything in a temporary folder. Nothing
 * of a Slurm that the machine may have is touched. Daemons end with this process.
 */
export class SlurmCluster {
  readonly folder: string = mkdtempSync(path.join(os.tmpdir(), 'mpps-slurm-'));
  readonly #daemons: ChildProcess[] = [];
  readonly #within: readonly string[];

  private constructor(within: readonly string[]) {
    this.#within = within;
  }

  static async start({ nodes = ['node'], maxArraySize = 1001, within = [] }: SlurmClusterOptions = {}): Promise<SlurmCluster> {
    const cluster = new SlurmCluster(within);
    try {
      await cluster.#start(nodes, maxArraySize);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** Runs one of Slurm's programs. */
  run(program: string, ...argv: string[]): string {
    const [first = '', ...rest] = [...this.#within, program, ...argv];
    return execFileSync(first, rest, { encoding: 'utf8', timeout: 30_000 });
  }

  /** Tasks in the queue. */
  queued(): number {
    return this.run('squeue', '--array', '--noheader').split('\n').filter(Boolean).length;
  }

  /** Ends every task and every daemon. */
  async stop(): Promise<void> {
    if (this.#daemons.length > 2) {
      this.run('scancel', '--me');
      await until('an empty queue', () => this.queued() === 0);
    }
    for (const daemon of this.#daemons.reverse()) {
      if (daemon.exitCode !== null) continue;
      const ended = new Promise((resolve) => daemon.once('exit', resolve));
      daemon.kill('SIGTERM');
      await ended;
    }
    delete process.env.SLURM_CONF;
    rmSync(this.folder, { recursive: true, force: true });
  }

  async #start(nodes: readonly string[], maxArraySize: number): Promise<void> {
    const file = (name: string) => path.join(this.folder, name);
    // munged wants its socket to be within everybody's reach.
    chmodSync(this.folder, 0o755);
    for (const name of ['state', ...nodes.map((node) => `spool-${node}`)]) mkdirSync(file(name));
    writeFileSync(file('munge.key'), randomBytes(128), { mode: 0o600 });
    const ports = await freePorts(1 + nodes.length);
    const { username } = os.userInfo();
    const configuration = {
      ClusterName: 'mpps',
      SlurmctldHost: 'localhost(127.0.0.1)',
      SlurmctldPort: ports[0],
      SlurmUser: username,
      SlurmdUser: username,
      AuthType: 'auth/munge',
      CredType: 'cred/munge',
      AuthInfo: `socket=${file('munge.socket')}`,
      StateSaveLocation: file('state'),
      SlurmdSpoolDir: file('spool-%n'),
      SlurmctldPidFile: file('slurmctld.pid'),
      SlurmdPidFile: file('slurmd-%n.pid'),
      ProctrackType: 'proctrack/linuxproc',
      TaskPlugin: 'task/none',
      MpiDefault: 'none',
      SelectType: 'select/cons_tres',
      SelectTypeParameters: 'CR_CPU',
      JobAcctGatherType: 'jobacct_gather/none',
      AccountingStorageType: 'accounting_storage/none',
      // As shipped it looks for work every few seconds.
      SchedulerParameters: 'batch_sched_delay=0,sched_min_interval=0,sched_interval=1,bf_interval=1',
      MaxArraySize: maxArraySize,
      ReturnToService: 2,
    };
    const lines = Object.entries(configuration).map(([name, value]) => `${name}=${value}\n`);
    const cpus = os.availableParallelism();
    for (const [index, node] of nodes.entries())
      lines.push(`NodeName=${node} NodeHostname=localhost NodeAddr=127.0.0.1 Port=${ports[index + 1]} CPUs=${cpus} State=UNKNOWN\n`);
    writeFileSync(file('slurm.conf'), [...lines, 'PartitionName=main Nodes=ALL Default=YES State=UP\n'].join(''));
    process.env.SLURM_CONF = file('slurm.conf');

    const munge = ['key', 'socket', 'pid', 'log', 'seed'].map((kind) => `--${kind === 'socket' ? kind : `${kind}-file`}=${file(`munge.${kind}`)}`);
    this.#daemon('munged', '--foreground', ...munge);
    await until('a socket of munged', () => existsSync(file('munge.socket')), this.#log('munged'));
    this.#daemon('slurmctld', '-D', '-c', '-f', file('slurm.conf'));
    for (const node of nodes) this.#daemon('slurmd', '-D', '-N', node, '-f', file('slurm.conf'));
    await until('idle nodes', () => this.#idleNodes() === nodes.length, this.#log('slurmctld'));
  }

  #idleNodes(): number {
    try {
      return this.run('sinfo', '--Node', '--noheader', '--states=idle', '--format=%n').split('\n').filter(Boolean).length;
    } catch {
      return 0; // The controller does not answer yet.
    }
  }

  #daemon(program: string, ...argv: string[]): void {
    const [first = '', ...rest] = ['setpriv', '--pdeathsig', 'KILL', ...this.#within, findProgram(program) ?? program, ...argv];
    const log = openSync(path.join(this.folder, `${program}.out`), 'a');
    this.#daemons.push(spawn(first, rest, { stdio: ['ignore', log, log] }));
    closeSync(log);
  }

  #log(program: string): () => string {
    return () => readFileSync(path.join(this.folder, `${program}.out`), 'utf8');
  }
}

/** Waits until something is so. @throws {Error} after half a minute, with what the log says */
export async function until(what: string, isSo: () => boolean, log: () => string = () => ''): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!isSo()) {
    if (Date.now() > deadline) throw new Error(`no ${what} within half a minute: ${log()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<net.Server>(
          (resolve) =>
            void net.createServer().listen(0, '127.0.0.1', function (this: net.Server) {
              resolve(this);
            }),
        ),
    ),
  );
  const ports = servers.map((server) => (server.address() as net.AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
