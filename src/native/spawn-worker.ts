import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkReceiverConfig } from './check-receiver-config.js';
import { checkSenderConfig } from './check-sender-config.js';
import { checkWireConfig } from './check-wire-config.js';
import { ChildWorker } from './child-worker.js';
import type { WorkerProcess } from './worker-process.js';
import type { WorkerRequest } from './worker-protocol.js';

// The same path from src/ and from dist/, so that tests run the compiled worker too.
const workerPath = fileURLToPath(new URL('../../dist/native/worker.js', import.meta.url));

/**
 * Starts a sender, a receiver or a wire in a process of its own and waits until its sockets are open.
 * It is a session of its own, so that the scheduler, which is fair to sessions (autogroup), does not count the wire against the readers.
 * The worker dies with its parent, ignores SIGINT, and its threads end by themselves at their deadline.
 *
 * @returns resolves at ready. Rejects with TypeError or RangeError for a wrong request; with the worker's Error (code,
 *   errno, syscall) when a system call fails there; with code `ENATIVE` when the addon or the worker is not built
 */
export async function spawnWorker(request: WorkerRequest): Promise<WorkerProcess> {
  if (request.role === 'sender') checkSenderConfig('spawnWorker', request.config);
  else if (request.role === 'wire') checkWireConfig('spawnWorker', request.config);
  else checkReceiverConfig('spawnWorker', request.config);
  if (!existsSync(workerPath)) {
    throw Object.assign(new Error('the worker is not compiled: run `npm run build`'), { code: 'ENATIVE' });
  }
  const worker = new ChildWorker(request.role, spawn(process.execPath, [workerPath], { stdio: ['pipe', 'pipe', 'pipe'], detached: true }));
  await worker.open(request);
  return worker;
}
