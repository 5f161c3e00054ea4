import type { Firewall, Segmentation } from '../experiment/index.js';

/** One end of the way that packets take. */
export interface PlaceEnd {
  /** Path of the network namespace, for setns; null is the one that this process is in. */
  namespace: string | null;
  device: string;
  /** Hardware address of the device. */
  mac: string;
}

/** Where traffic runs: a lab of two network namespaces, or this machine's loopback. */
export interface TrafficPlace {
  readonly sender: PlaceEnd;
  readonly receiver: PlaceEnd;
  /** What it lacks of the article's set-up, one sentence each. */
  readonly shortcomings: readonly string[];
  /** The address here that stands for one of the article's receiver. */
  addressOf(destination: string): string;
  /** Moves the receive path of arriving packets to one CPU by RPS, or back to the sending CPU with null. */
  steerTo(cpu: number | null): void;
  /** Lets messages of several datagrams cross the wire whole, or has them cut apart by the sending device before it. */
  segmentBy(cutter: Segmentation['cutBy']): void;
  /** Has the receiving device polled by NAPI, or not. */
  pollDevice(on: boolean): void;
  /** Has the receiver's firewall do with each packet what an experiment asks for; where it cannot, the plan says so. */
  filterBy(firewall: Firewall): void;
  /** Takes it down; twice is harmless. */
  close(): void;
}
