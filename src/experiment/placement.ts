import type { CpuNumber, QueueNumber } from './scalars.js';

/**
 * Where a receiving thread runs. Roles are resolved against a host's topology:
 * - `unpinned`: the scheduler decides;
 * - `{ cpu }`: that very CPU;
 * - `queue-cpu`: the CPU that serves RX queue `queue`;
 * - `queue-sibling`: the hyper-thread beside it;
 * - `queue-node`: another core of its NUMA node, the `index`-th that serves no queue;
 * - `other-node`: a core of another NUMA node, the `index`-th that serves no queue.
 */
export type Placement = 'unpinned' | CpuPlacement | QueuePlacement;

/** Where a sending thread runs on the sending host: `sender-core` is the `index`-th core set aside for senders. */
export type SourcePlacement = 'unpinned' | CpuPlacement | SenderCorePlacement;

/** A CPU by its number. */
export interface CpuPlacement {
  cpu: CpuNumber;
}

/** A CPU found from the CPU of an RX queue. */
export interface QueuePlacement {
  role: 'queue-cpu' | 'queue-sibling' | 'queue-node' | 'other-node';
  /** @default 0 */
  queue: QueueNumber;
  /**
   * Which of the CPUs that fit, counted from 0, so that several threads get one each.
   * @default 0
   */
  index: CpuNumber;
}

/** A core of the sending host. */
export interface SenderCorePlacement {
  role: 'sender-core';
  /** @default 0 */
  index: CpuNumber;
}
