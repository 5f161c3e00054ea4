// Entry of the child process that sends, receives or is the wire: `node dist/native/worker.js`, JSON lines on stdin and stdout.
// A process of its own keeps the parent's garbage collector out of the numbers, and a crash out of the parent.
import { createInterface } from 'node:readline';
import { enterNamespace } from './enter-namespace.js';
import { openEndpoint, type WorkerEndpoint } from './worker-endpoint.js';
import type { WorkerCommand, WorkerEvent, WorkerRequest } from './worker-protocol.js';

const pollMs = 20;
let endpoint: WorkerEndpoint | undefined;
let done = false;

// Jupyter and terminals interrupt the whole process group; a run ends by the parent's word instead, with its counters.
process.on('SIGINT', () => {});
process.stdout.on('error', leave);

createInterface({ input: process.stdin }).on('line', obey).on('close', leave);

function obey(line: string): void {
  try {
    if (endpoint) command(endpoint, JSON.parse(line) as WorkerCommand);
    else endpoint = open(JSON.parse(line) as WorkerRequest);
  } catch (error) {
    fail(error as NodeJS.ErrnoException);
  }
}

function open(request: WorkerRequest): WorkerEndpoint {
  if (request.namespace !== null) enterNamespace(request.namespace);
  const opened = openEndpoint(request);
  tell({ event: 'ready' });
  setInterval(() => {
    if (!done && opened.finished()) finish(opened);
  }, pollMs);
  return opened;
}

function command(opened: WorkerEndpoint, message: WorkerCommand): void {
  if (message.command === 'stop') {
    if (!done) finish(opened);
    process.exit(0);
  }
  // The parent learns from `done`; a command that crossed it on the way needs no other answer.
  if (done) return;
  if (message.command === 'start') {
    opened.start(message.seconds);
    tell({ event: 'started' });
  } else if (message.command === 'snapshot') {
    tell({ event: 'snapshot', ...opened.snapshot() });
  } else {
    throw new TypeError(`worker: command must be start, snapshot or stop, got ${JSON.stringify(message)}`);
  }
}

/** The process stays after its threads, so that the parent can still read `/proc/PID/net`. */
function finish(opened: WorkerEndpoint): void {
  done = true;
  tell({ event: 'done', ...opened.finish() });
}

function fail(error: NodeJS.ErrnoException): never {
  const { code = error.name, errno = null, syscall = null, message } = error;
  tell({ event: 'error', code, errno, syscall, message });
  process.exit(1);
}

/** The parent is gone, perhaps killed: nobody wants the counters. */
function leave(): never {
  endpoint?.finish();
  process.exit(0);
}

function tell(event: WorkerEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
