import { Lab } from './lab.js';
import { flood, type MicroRun, microRuns } from './micro-runs.js';

const wire: MicroRun = { ...flood, source: 'wire', nic: true, seconds: 0.2, reader: 'asleep' };
/** Short enough that what one CPU takes in meanwhile fits into the buffer. */
const queued: MicroRun = { ...wire, seconds: 0.06, reader: 'later', bufferBytes: 64 << 20 };

/** The series behind a software NIC: each differs from another in one thing, so that the difference is one cost. */
export const nicMicroRuns = {
  /** A program's packets, dropped before the wire: what one sending core is worth. */
  send: microRuns.send,
  /** Made by the wire as fast as it goes, and dropped because the far end is down. */
  make: { ...wire, nic: false, destination: Lab.sinkAddress },
  /** The same through the NIC, up to a socket whose buffer is full. */
  drop: wire,
  /** The same into a socket with room, nobody waiting; read afterwards on another CPU. */
  enqueue: { ...queued, readerCpu: 'other' },
  /** The same, read on the CPU that queued them. */
  enqueueSameCpu: queued,
  /** Packets one by one, each of which finds the queue's thread asleep. */
  queueWake: { ...queued, seconds: 0.25, offeredPps: 20_000, reader: 'asleep' },
  /** Frames taken by an AF_XDP reader that spins on a CPU of its own, as fast as the wire makes them. */
  frames: { ...wire, reader: 'awake', takesFrames: true },
  /** Fewer than its memory holds, read afterwards. */
  framesLater: { ...wire, seconds: 0.06, offeredPps: 60_000, reader: 'later', takesFrames: true },
  /** The same, each of which finds the reader asleep too. */
  wake: { ...wire, seconds: 0.25, offeredPps: 20_000, reader: 'awake', readerCpu: 'other' },
  /** Packets one by one to a reader on the CPU of the queue: a turn for each. */
  turn: { ...wire, seconds: 0.25, offeredPps: 20_000, reader: 'awake' },
  /** More than that CPU can take: the queue's thread and the reader in turns of a batch of the queue's. */
  turns: { ...wire, seconds: 0.25, reader: 'awake' },
} satisfies Record<string, MicroRun>;

export type NicMicroRunName = keyof typeof nicMicroRuns;
