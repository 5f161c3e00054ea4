import type { NativeSender } from './contract.js';
import { loadNative } from './load.js';
import { openReceiver } from './open-receiver.js';
import { openSender } from './open-sender.js';
import { openWire } from './open-wire.js';
import type { WorkerRequest, WorkerSnapshot } from './worker-protocol.js';

/** A sender, a receiver or a wire as the worker's loop sees it. */
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
 * @throws as openSender, openReceiver and openWire
 */
export function openEndpoint(request: WorkerRequest): WorkerEndpoint {
  if (request.role === 'receiver') return receiverEndpoint(request.config);
  return sendingEndpoint(request.role === 'sender' ? openSender(request.config) : openWire(request.config));
}

function sendingEndpoint(sender: NativeSender): WorkerEndpoint {
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
