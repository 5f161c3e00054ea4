import { HostError, type Segmentation } from '../experiment/index.js';
import type { TrafficPlace } from './traffic-place.js';

const end = { namespace: null, device: 'lo', mac: '00:00:00:00:00:00' };

/**
 * This machine's loopback, for users who may make no network namespaces: nothing is set up and nothing changed. The receive path runs on the
 * sending CPU as on plain veth. Addresses of the lab become addresses of 127.0.0.0/8, all of which the machine has.
 */
export class Loopback implements TrafficPlace {
  readonly sender = end;
  readonly receiver = end;
  readonly shortcomings: readonly string[] = [];

  /** Keeps all but the first part: 192.168.254.7 becomes 127.168.254.7. */
  addressOf(destination: string): string {
    return destination.replace(/^\d+/, '127');
  }

  steerTo(cpu: number | null): void {
    if (cpu !== null) throw new HostError(`loopback: RPS to CPU ${cpu} needs root; nothing moves the receive path off the sending CPU`);
  }

  segmentBy(cutter: Segmentation['cutBy']): void {
    if (cutter === 'device')
      throw new HostError('sources[0].segmentation: no device of loopback cuts messages apart; set cutBy to "receiver", or run it as root');
  }

  pollDevice(on: boolean): void {
    if (on) throw new HostError('receiver.waiting: loopback has no device to poll; set it to "block" or "spin", or run it as root');
  }

  filterBy(): void {}

  close(): void {}
}
