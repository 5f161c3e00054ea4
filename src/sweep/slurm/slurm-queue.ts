import { HostError } from '../../experiment/index.js';
import { findProgram, runCommand } from '../../host/index.js';
import { batchScript } from './batch-script.js';
import { type SlurmArray, sbatchArguments } from './sbatch-arguments.js';
import type { TaskEnvironment } from './task-environment.js';

/** Arrays of one name in the queue of the cluster, through Slurm's own programs and without its accounting. */
export class SlurmQueue {
  readonly #name: string;

  /** @throws {HostError} when Slurm's programs are not on this machine */
  constructor(name: string) {
    const absent = ['sbatch', 'squeue', 'scancel', 'scontrol'].find((program) => !findProgram(program));
    if (absent)
      throw new HostError(`sweep: ${absent} is not on this machine; run this where you submit to Slurm (Debian: apt-get install slurm-client)`);
    this.#name = name;
  }

  /** Most tasks of one array. */
  mostTasks(): number {
    const [, size] = /^MaxArraySize\s*=\s*(\d+)/m.exec(slurm('scontrol', ['show', 'config'])) ?? [];
    if (!size) throw new HostError('sweep: scontrol show config must name MaxArraySize, and does not');
    return Number(size);
  }

  /** Submits an array. @returns the number that Slurm gave it */
  submit(array: SlurmArray, environment: TaskEnvironment): string {
    return slurm('sbatch', sbatchArguments(array), batchScript, { ...environment }).trim();
  }

  /** Tasks that wait or run, by Slurm's word for their state. */
  states(): Map<string, number> {
    const states = new Map<string, number>();
    for (const state of slurm('squeue', ['--me', `--name=${this.#name}`, '--array', '--noheader', '--format=%T'])
      .split('\n')
      .filter(Boolean))
      states.set(state, (states.get(state) ?? 0) + 1);
    return states;
  }

  /** Takes all arrays of the name out of the queue. */
  cancel(): void {
    slurm('scancel', ['--me', `--name=${this.#name}`]);
  }
}

function slurm(program: string, argv: string[], input = '', environment: Record<string, string> = {}): string {
  try {
    return runCommand([program, ...argv], input, environment);
  } catch (error) {
    throw new HostError(`sweep: ${program} failed: ${(error as Error).message.split('\n').pop()}`);
  }
}
