import type { Nic } from './nic.js';
import type { Receiver } from './receiver.js';
import type { Source } from './source.js';

/** What is sent and how it is received: the one question that predict, simulate and measure answer. */
export interface Experiment {
  /**
   * Lower-case letters, digits and hyphens, at most 64, beginning with a letter or digit.
   * @pattern ^[a-z0-9][a-z0-9-]{0,63}$
   */
  id: string;
  /**
   * One line for people.
   * @default ""
   */
  title: string;
  /**
   * Sending threads.
   * @minItems 1
   * @maxItems 64
   * @default [{}]
   */
  sources: Source[];
  /**
   * UDP payload of each packet.
   * @asType integer
   * @minimum 0
   * @maximum 65507
   * @default 32
   */
  payloadBytes: number;
  /**
   * Whether each payload begins with a 64-bit sequence number and a 64-bit time stamp, from which loss, duplicates, reordering and latency are
   * read; needs 16 bytes of payload. Left out: false.
   */
  sequenced?: boolean;
  /** @default {} */
  nic: Nic;
  /** @default {} */
  receiver: Receiver;
  /**
   * Length of the measured window.
   * @exclusiveMinimum 0
   * @maximum 3600
   * @default 2
   */
  durationS: number;
  /**
   * Traffic before the measured window.
   * @minimum 0
   * @maximum 600
   * @default 0.5
   */
  warmUpS: number;
  /**
   * How often a study repeats it.
   * @asType integer
   * @minimum 1
   * @maximum 1000
   * @default 3
   */
  repeats: number;
  /**
   * Fields whose value the source of the experiment does not state, as paths such as `receiver.socketBufferBytes`, each with the reason for the value chosen.
   * @default {}
   */
  assumed: Record<string, string>;
}
