import type { Firewall } from './firewall.js';
import type { Placement } from './placement.js';
import type { BufferBytes, Port, SocketNumber } from './scalars.js';

/** SO_BUSY_POLL. */
export interface BusyPoll {
  /**
   * Microseconds that a read polls the device before it sleeps.
   * @asType integer
   * @minimum 1
   * @maximum 10000
   */
  busyPollUs: number;
}

/** The receiving program: its threads, their sockets, and the work they do. */
export interface Receiver {
  /**
   * How packets reach the program: `socket`, recvmmsg; `io-uring`, multishot receives; `af-xdp`, frames taken before the network stack.
   * Left out: socket.
   */
  path?: 'socket' | 'io-uring' | 'af-xdp';
  /** System call of the path `socket`; left out: recvmmsg. */
  call?: 'recvmmsg' | 'recv';
  /** What a thread does when nothing waits: sleep, ask again at once, or let the kernel poll the device. Left out: block. */
  waiting?: 'block' | 'spin' | BusyPoll;
  /** UDP generic receive offload: one read may return several datagrams glued together. Left out: false. */
  gro?: boolean;
  /**
   * One socket for one thread, one socket shared by all threads, or one SO_REUSEPORT socket a thread.
   * @default "single"
   */
  layout: 'single' | 'shared' | 'reuseport';
  /**
   * Where each reading thread runs; one entry a thread.
   * @minItems 1
   * @default [{"role":"queue-node","queue":0,"index":0}]
   */
  placements: Placement[];
  /**
   * Messages that one recvmmsg call may return.
   * @default 512
   * @asType integer
   * @minimum 1
   * @maximum 1024
   */
  batchPackets: number;
  /**
   * Bytes of truesize that a socket may hold (sk_rcvbuf); null keeps the host's net.core.rmem_default.
   * @default null
   */
  socketBufferBytes: BufferBytes | null;
  /**
   * Nanoseconds of application work on each packet, burnt by the reading thread.
   * @minimum 0
   * @default 0
   */
  workNs: number;
  /**
   * How SO_REUSEPORT picks a socket: by the kernel's hash of the flow, or by the CPU that runs the softirq (one socket a queue).
   * @default "hash"
   */
  steering: 'hash' | 'queue';
  /**
   * Socket that each destination address was seen to reach; overrides the hash, whose secret is drawn at boot.
   * @default {}
   */
  observedSockets: Record<string, SocketNumber>;
  /** Left out: the article's, two rules and no connection tracking, whose cost is in that of the softirq. */
  firewall?: Firewall;
  /** @default 4321 */
  port: Port;
}
