import type { Costs } from './cost.js';

/** One logical CPU: its number, the physical core it is a thread of, and the NUMA node of that core. */
export interface Cpu {
  /**
   * @asType integer
   * @minimum 0
   */
  cpu: number;
  /**
   * Unique over all packages of the host.
   * @asType integer
   * @minimum 0
   */
  core: number;
  /**
   * @asType integer
   * @minimum 0
   */
  node: number;
}

/**
 * The way a packet takes from the wire to the socket:
 * - `physical-nic`: NAPI polls a hardware ring on the queue's CPU, the sender is another machine;
 * - `veth`: the receive path runs inline on the sending CPU, inside sendmmsg, or where the wire sends, in a poll of the device (NAPI);
 * - `veth-rps`: veth, with the receive path moved to the queue's CPU by RPS;
 * - `software-nic`: an XDP program hashes each packet of the wire into the ring of a queue, a kernel thread on the queue's CPU serves it;
 * - `loopback`: as veth, inside one namespace and without any privilege.
 */
export type ReceivePath = 'physical-nic' | 'veth' | 'veth-rps' | 'software-nic' | 'loopback';

/** Speed of one CPU at one moment: guests on busy machines, and CPUs that change their frequency, have fast and slow phases. */
export interface CpuSpeed {
  cpu: number;
  /** Nanoseconds of one iteration of a dependent ALU loop. */
  aluNs: number;
}

/**
 * @exclusiveMinimum 0
 * @maximum 1
 */
export type TurboRatio = number;

/** A machine as the model sees it. */
export interface Host {
  /** Short name for tables. */
  name: string;
  /** What this description rests on: the article, a calibration and its date, or the like. */
  origin: string;
  /**
   * Kernel release, such as 6.1.0 or 3.13.
   * @pattern ^\d+\.\d+.*$
   */
  kernelRelease: string;
  /** @minItems 1 */
  cpus: Cpu[];
  receivePath: ReceivePath;
  /** Driver of a physical NIC, as `ethtool -i` names it: it names its counters. Left out: sfc, the article's. */
  nicDriver?: string;
  /**
   * net.core.rmem_default: the socket buffer that a program gets without asking.
   * @asType integer
   * @minimum 2304
   */
  socketBufferBytes: number;
  /**
   * Bytes of socket buffer that one small datagram is charged (skb->truesize).
   * @asType integer
   * @minimum 1
   */
  truesizeBytes: number;
  costs: Costs;
  /**
   * Relative standard deviation of delivered pps between runs of one configuration; widens prediction intervals.
   * @minimum 0
   */
  runToRunSpread: number;
  /**
   * Clock of a node's cores when 1, 2, ... of them are active, relative to one alone (turbo). Costs are those at the highest clock. Left out where
   * the clock does not depend on that, or nobody knows.
   * @minItems 1
   */
  turboRatios?: TurboRatio[];
  /** Speed of each CPU while it was calibrated. Recorded, not used by predictions: see speedAdjusted in the score. Left out where nobody looked. */
  cpuSpeeds?: CpuSpeed[];
}
