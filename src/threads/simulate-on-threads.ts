import os from 'node:os';
import type { Experiment, Host, Outcome } from '../experiment/index.js';
import { type Replicated, type SimulateOptions, Simulation } from '../model/index.js';
import { onThreads } from './on-threads.js';

/** How an experiment is simulated, and on how many threads. */
export interface SimulateOnThreadsOptions extends SimulateOptions {
  /** Threads that run replications; as many as this process may use CPUs unless given. */
  workers?: number;
  signal?: AbortSignal | undefined;
}

/**
 * simulate() with its replications on worker threads: the same Outcome to the last digit, however many there are, while this thread stays free.
 * Threads start cold: what simulate() answers at once is answered later here.
 *
 * @throws {HostError} when the host cannot express the experiment
 * @throws {RangeError} when an option is out of range
 * @throws {DOMException} named AbortError when the signal fires
 */
export async function simulateOnThreads(experiment: Experiment, host: Host, options: SimulateOnThreadsOptions): Promise<Outcome> {
  const { workers = os.availableParallelism(), signal, ...simulated } = options;
  if (!(Number.isInteger(workers) && workers >= 1 && workers <= 1024))
    throw new RangeError(`simulateOnThreads: workers must be an integer from 1 to 1024, got ${workers}`);
  const simulation = new Simulation(experiment, host, simulated);
  const numbers = Array.from({ length: simulation.replications }, (_, replication) => replication);
  const data = { experiment, host, options: simulated };
  return simulation.outcome(await onThreads<Replicated>(new URL('./simulation-thread.js', import.meta.url), numbers, { workers, data, signal }));
}
