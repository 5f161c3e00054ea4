import type { CpuNumber, QueueNumber } from './scalars.js';

/** A field of the packet that an RSS hash reads. */
export type HashField = 'sourceAddress' | 'destinationAddress' | 'sourcePort' | 'destinationPort';

/** The receiver's network interface: how packets are spread over queues and which CPU serves each queue. */
export interface Nic {
  /**
   * Number of RX queues.
   * @asType integer
   * @minimum 1
   * @maximum 1024
   * @default 1
   */
  queues: number;
  /**
   * Fields that the RSS hash reads.
   * @minItems 1
   * @uniqueItems true
   * @default ["sourceAddress","destinationAddress"]
   */
  hashFields: HashField[];
  /**
   * RSS key in hexadecimal, 16 to 52 bytes; null when nobody knows it (drivers draw one at boot).
   * @pattern ^([0-9a-f]{2}){16,52}$
   * @default null
   */
  hashKey: string | null;
  /**
   * Queue of each entry of the RSS indirection table, a power of two of them; left out: the queues in turn, 128 entries or more.
   * @minItems 1
   * @maxItems 4096
   */
  indirectionTable?: QueueNumber[];
  /**
   * Queue that each destination address was seen to reach; overrides the hash where the key is unknown.
   * @default {}
   */
  observedQueues: Record<string, QueueNumber>;
  /**
   * Descriptors in each RX ring.
   * @asType integer
   * @minimum 1
   * @default 1024
   */
  ringPackets: number;
  /**
   * CPU that serves each queue; a queue missing here is served by the CPU of its own number, as irqbalance-off hosts do.
   * @default {}
   */
  queueCpus: Record<string, CpuNumber>;
}
