import { loadNative } from './load.js';
import { openReceiver } from './open-receiver.js';
import { openSender } from './open-sender.js';
import type { WorkerRequest, WorkerSnapshot } from './worker-protocol.js';

/** A sender or a receiver as the worker's loop sees it. */
export interface WorkerEndpoint {
  start(seconds: number | null): void;
  snapshot(): WorkerSnapshot;
  finished(): boolean;
  /** Ends all threads and returns the final counters. */
  finish(): WorkerSnapshot;
}

/** Time that a run may be over its deadline before the process is killed. */
const graceSeconds = 30;
/** How long a worker may idle, before its start and after its end. */
const longestWaitSeconds = 3600;

/**
 * Opens what the request asks for, with a watchdog that ends the process when it hangs.
 *
 * @throws as openSender and openReceiver
 */
export function openEndpoint(request: WorkerRequest): WorkerEndpoint {
  return request.role === 'sender' ? senderEndpoint(request.config) : receiverEndpoint(request.config);
}

function senderEndpoint(config: Parameters<typeof openSender>[0]): WorkerEndpoint {
  const sender = openSender(config);
  const snapshot = () => ({ ...sender.snapshot(), sockets: [], arrivals: null });
  watch(longestWaitSeconds);
  return {
    start(seconds) {
      sender.start(seconds as number);
      watch(seconds as number);
    },
    snapshot,
    finished: () => sender.finished(),
    finish() {
      sender.stop();
      sender.join();
      watch(longestWaitSeconds);
      return snapshot();
    },
  };
}

function receiverEndpoint(config: Parameters<typeof openReceiver>[0]): WorkerEndpoint {
  const receiver = openReceiver(config);
  const snapshot = () => ({ ...receiver.snapshot(), sockets: receiver.sockets(), arrivals: receiver.arrivals() });
  watch(config.paused ? longestWaitSeconds : config.seconds);
  return {
    start() {
      receiver.start();
      watch(config.seconds);
    },
    snapshot,
    finished: () => receiver.finished(),
    finish() {
      receiver.stop();
      receiver.join();
      watch(longestWaitSeconds);
      return snapshot();
    },
  };
}

function watch(seconds: number): void {
  loadNative().dieAfter(Math.ceil(seconds) + graceSeconds);
}
