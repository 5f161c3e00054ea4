import { InputError } from './errors.js';
import type { Experiment } from './experiment.js';
import type { Placement } from './placement.js';
import { experimentSchema } from './schemas.js';
import { validator } from './validator.js';

const validate = validator<Experiment>(experimentSchema, fillRoles);

/**
 * Turns plain JSON into an Experiment: fills defaults, refuses unknown keys and impossible values.
 *
 * @param value what was read; it is not changed
 * @param where name that the error message begins with
 * @throws {InputError} with one line that names field, rule and value
 * @example
 * parseExperiment({ id: 'quick' }).payloadBytes // => 32
 */
export function parseExperiment(value: unknown, where = 'experiment'): Experiment {
  const experiment = validate(value, where);
  const fail = (field: string, rule: string, got: unknown): never => {
    throw new InputError(`${where}: ${field} must be ${rule}, got ${JSON.stringify(got)}`);
  };
  const { nic, receiver } = experiment;
  if (receiver.layout === 'single' && receiver.placements.length !== 1) {
    fail('receiver.placements', 'one entry when receiver.layout is "single"', receiver.placements.length);
  }
  if (receiver.steering === 'queue' && receiver.layout !== 'reuseport') {
    fail('receiver.layout', '"reuseport" when receiver.steering is "queue"', receiver.layout);
  }
  for (const [index, placement] of receiver.placements.entries()) {
    const queue = queueOf(placement);
    if (queue !== null && queue >= nic.queues) fail(`receiver.placements[${index}].queue`, `below nic.queues (${nic.queues})`, queue);
  }
  const table = nic.indirectionTable ?? [0];
  if (!Number.isInteger(Math.log2(table.length))) fail('nic.indirectionTable', 'a power of two of entries', table.length);
  for (const [entry, queue] of table.entries()) {
    if (queue >= nic.queues) fail(`nic.indirectionTable[${entry}]`, `below nic.queues (${nic.queues})`, queue);
  }
  for (const [address, queue] of Object.entries(nic.observedQueues)) {
    if (queue >= nic.queues) fail(`nic.observedQueues["${address}"]`, `below nic.queues (${nic.queues})`, queue);
  }
  for (const queue of Object.keys(nic.queueCpus)) {
    if (!/^\d+$/.test(queue) || Number(queue) >= nic.queues) fail('nic.queueCpus', `keyed by queues below ${nic.queues}`, queue);
  }
  for (const [address, socket] of Object.entries(receiver.observedSockets)) {
    if (socket >= receiver.placements.length)
      fail(`receiver.observedSockets["${address}"]`, `below the number of threads (${receiver.placements.length})`, socket);
  }
  checkMessages(experiment, fail);
  return experiment;
}

const longestPayloadBytes = 65_507;
/** Payload of a packet that needs no fragments on an Ethernet of 1500 bytes. */
const unfragmentedPayloadBytes = 1472;
const stampBytes = 16;

function checkMessages({ sources, payloadBytes, sequenced, receiver }: Experiment, fail: (field: string, rule: string, got: unknown) => never): void {
  if (sequenced && payloadBytes < stampBytes) fail('payloadBytes', `at least ${stampBytes} when sequenced`, payloadBytes);
  for (const [index, { kind, segmentation, arrivals, offeredPps }] of sources.entries()) {
    const socketOnly = kind === 'wire' && ((segmentation && 'segmentation') || (arrivals && 'arrivals'));
    if (socketOnly) fail(`sources[${index}].kind`, `"socket" with ${socketOnly}`, kind);
    if (arrivals && arrivals !== 'constant' && offeredPps === null)
      fail(`sources[${index}].offeredPps`, 'a number when arrivals are not constant', null);
    const [one, other] = [segmentation ?? null, sources[0]?.segmentation ?? null];
    if (one?.segments !== other?.segments || one?.cutBy !== other?.cutBy)
      fail(`sources[${index}].segmentation`, 'that of sources[0], because counters of whole messages could not be told apart', one);
    if (!segmentation) continue;
    const most = Math.min(unfragmentedPayloadBytes, Math.floor(longestPayloadBytes / segmentation.segments));
    if (payloadBytes < 1 || payloadBytes > most) fail('payloadBytes', `from 1 to ${most} with ${segmentation.segments} segments`, payloadBytes);
  }
  const { path = 'socket', call = 'recvmmsg', waiting, gro } = receiver;
  if (path !== 'socket' && call !== 'recvmmsg') fail('receiver.path', '"socket" with receiver.call "recv"', path);
  if (gro && (path !== 'socket' || call !== 'recvmmsg')) fail('receiver.gro', 'false unless recvmmsg reads a socket', gro);
  if (path === 'af-xdp' && receiver.layout !== 'single') fail('receiver.layout', '"single" when receiver.path is "af-xdp"', receiver.layout);
  if (path === 'af-xdp' && receiver.socketBufferBytes !== null)
    fail('receiver.socketBufferBytes', 'null when receiver.path is "af-xdp", whose socket has room for 4096 frames', receiver.socketBufferBytes);
  if (path !== 'socket' && typeof waiting === 'object') fail('receiver.waiting', '"block" or "spin" unless receiver.path is "socket"', waiting);
}

function queueOf(placement: Placement): number | null {
  return typeof placement === 'object' && 'role' in placement ? placement.queue : null;
}

/** Ajv fills no defaults inside a choice of forms, so roles get theirs here. */
function fillRoles(value: unknown): void {
  const document = value as { sources?: { placement?: unknown }[]; receiver?: { placements?: unknown[] } } | null;
  const senders = Array.isArray(document?.sources) ? document.sources.map((source) => source?.placement) : [];
  const readers = Array.isArray(document?.receiver?.placements) ? document.receiver.placements : [];
  for (const [placement, defaults] of [
    ...senders.map((placement) => [placement, { index: 0 }] as const),
    ...readers.map((placement) => [placement, { queue: 0, index: 0 }] as const),
  ]) {
    if (typeof placement === 'object' && placement !== null && 'role' in placement) Object.assign(placement, { ...defaults, ...placement });
  }
}
