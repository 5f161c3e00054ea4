/**
 * Names of the costs, one for each thing that the model charges for. They belong to stages, never to configurations:
 * - `sendNs`: source core, one packet through sendmmsg, the transmit stack and the driver;
 * - `softirqNs`: softirq, one packet from poll into the socket buffer, every cache line local;
 * - `softirqDropRatio`: share of softirqNs that a packet costs when the socket buffer is full;
 * - `readNs`: reader, one packet through recvmmsg, every cache line local;
 * - `handOverNs`: cache lines handed between softirq and reader on two cores of a node, charged to both;
 * - `wakeUpNs`: waking a sleeping reader, charged to the softirq and to the reader;
 * - `wakeLatencyNs`: time from the wake-up to the reader's first read, in which packets need no further wake-up;
 * - `producerContentionNs`: softirq, for each further CPU that uses the same socket;
 * - `readerContentionNs`: reader, for each further CPU that uses the same socket;
 * - `siblingSpeedRatio`: speed of a CPU whose hyper-thread is busy, relative to the core alone;
 * - `remoteLineRatio`: price of a cache line from another NUMA node relative to the same node, idle interconnect;
 * - `remoteLoadPerMpps`: utilization of the interconnect by each million packets per second that cross nodes;
 * - `bufferRaceNs`: time between the unlocked check of the socket buffer and its charge (kernels before 3.16).
 */
export type CostName =
  | 'sendNs'
  | 'softirqNs'
  | 'softirqDropRatio'
  | 'readNs'
  | 'handOverNs'
  | 'wakeUpNs'
  | 'wakeLatencyNs'
  | 'producerContentionNs'
  | 'readerContentionNs'
  | 'siblingSpeedRatio'
  | 'remoteLineRatio'
  | 'remoteLoadPerMpps'
  | 'bufferRaceNs';

/**
 * Costs that not every host has, because its receive path has no such stage or its calibration did not part them from another cost:
 * - `sendCallNs`: source core, one sendmmsg call whatever it carries (where it is missing, `sendNs` holds it);
 * - `readCallNs`: reader, one recvmmsg call whatever it returns (where it is missing, `readNs` holds it);
 * - `wireNs`: the in-kernel wire source, one packet made and handed to the software NIC, or to a veth whose device is polled;
 * - `polledNs`: softirq that polls such a veth on the wire's own CPU, one packet from the device's ring into the socket buffer;
 * - `nicNs`: the software NIC, one packet hashed and put into its ring, on the wire's CPU;
 * - `queueWakeNs`: waking the thread that serves a queue of the software NIC on a CPU of its own, charged to that thread each time that it slept;
 * - `turnNs`: what a thread that shares its CPU with others pays for each turn that it begins from sleep: the wake-up, the switch and its call;
 * - `interruptedRatio`: reader, share of its time that ticks, other threads and the hypervisor take;
 * - `stallRatio`: reader, the part of that share that goes in interruptions of 0.1 ms or more, in which its socket may overflow;
 * - `stallNs`: reader, mean length of those;
 * - `frameCopyNs`: AF_XDP behind the software NIC, one frame hashed and copied into the memory of its socket, on the wire's CPU;
 * - `frameReadNs`: reader, one frame taken out of that memory on another CPU;
 * - `ruleNs`: softirq, one rule of the firewall that a packet is compared with beyond the article's two (`softirqNs` holds those);
 * - `conntrackNs`: softirq, looking up and refreshing the tracked connection of a packet, which the article's NOTRACK spares.
 */
export type PartedCostName =
  | 'sendCallNs'
  | 'readCallNs'
  | 'wireNs'
  | 'polledNs'
  | 'nicNs'
  | 'queueWakeNs'
  | 'turnNs'
  | 'interruptedRatio'
  | 'stallRatio'
  | 'stallNs'
  | 'frameCopyNs'
  | 'frameReadNs'
  | 'ruleNs'
  | 'conntrackNs';

/** Costs of a host by name. */
export type Costs = Record<CostName, Cost> & Partial<Record<PartedCostName, Cost>>;

/** The value of one cost, how sure it is, and where it came from. */
export interface Cost {
  /** @minimum 0 */
  value: number;
  /**
   * Lower end of the 90 % confidence interval.
   * @minimum 0
   */
  low: number;
  /**
   * Upper end of the 90 % confidence interval.
   * @minimum 0
   */
  high: number;
  /** `assumed` marks a value that nothing here measured. */
  origin: 'article' | 'literature' | 'calibration' | 'assumed';
  /** What the value rests on, in words. */
  source: string;
}
