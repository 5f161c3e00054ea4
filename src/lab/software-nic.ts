import { HostError, type Nic, type NicQueueCounters, type Plan } from '../experiment/index.js';
import { findCpuMapThreads, readThreadNs } from '../host/index.js';
import { microsoftRssKey } from '../model/index.js';
import { tableOf } from '../model/rss/table-of.js';
import type { NativeSoftwareNic, SoftwareNicConfig } from '../native/contract.js';
import { openSoftwareNic } from '../native/open-software-nic.js';
import { setDeviceFeature } from '../native/set-device-feature.js';
import { hashOfByte } from './hash-of-byte.js';
import type { Lab } from './lab.js';
import { receivePathObstacle } from './receive-path-obstacle.js';

/** A CPU map's own limit, in kernel/bpf/cpumap.c. */
const mostRingPackets = 16_384;
const mostTableEntries = 4096;

/** The NIC of a lab's receiver for one run: an XDP program that holds the queues of an Experiment on the CPUs of its Plan. */
export class SoftwareNic {
  readonly #lab: Lab;
  readonly #nic: NativeSoftwareNic;
  readonly #threads: ReadonlyMap<number, number>;

  private constructor(lab: Lab, nic: NativeSoftwareNic) {
    this.#lab = lab;
    this.#nic = nic;
    this.#threads = findCpuMapThreads();
  }

  /**
   * Programs it and puts it in front of the lab's receiver.
   *
   * @param hasSocket whether the frames of its queues go to an AF_XDP socket instead of a ring
   * @throws {HostError} when a ring or a table is larger than the kernel allows, or the kernel is too old for it
   * @throws {Error} with code, errno and syscall when this kernel refuses XDP, with the verifier's log when it was that
   */
  static open(lab: Lab, nic: Nic, queues: Plan['queues'], hasSocket = false): SoftwareNic {
    if (nic.ringPackets > mostRingPackets)
      throw new HostError(`nic.ringPackets: a ring of the software NIC holds at most ${mostRingPackets} packets, got ${nic.ringPackets}`);
    const indirectionTable = tableOf('SoftwareNic.open', nic);
    if (indirectionTable.length > mostTableEntries)
      throw new HostError(`nic.indirectionTable: the software NIC has room for ${mostTableEntries} entries, got ${indirectionTable.length}`);
    const native = opened({
      namespace: lab.receiver.namespace,
      device: lab.receiver.device,
      hashOfByte: hashOfByte(nic.hashKey === null ? microsoftRssKey : keyBytes(nic.hashKey), nic.hashFields),
      indirectionTable,
      queues: queues.map(({ queue, cpu }) => ({ queue, cpu: cpu ?? 0, hasSocket })),
      ringPackets: nic.ringPackets,
      rules: Object.entries(nic.observedQueues).map(([destination, queue]) => ({ destination, queue })),
    });
    try {
      fillInChecksums(lab, 'before the wire');
      return new SoftwareNic(lab, native);
    } catch (error) {
      native.close();
      throw error;
    }
  }

  /** The device and the XSKMAP on it that an AF_XDP receiver enters; null where packets go through rings. */
  get frames(): { device: string; socketMapNumber: number } | null {
    const socketMapNumber = this.#nic.socketMapNumber();
    return socketMapNumber === null ? null : { device: this.#lab.receiver.device, socketMapNumber };
  }

  /** Counters of now, one entry a queue. */
  queues(): NicQueueCounters[] {
    return this.#nic.queues().map(({ queue, cpu, mapNumber, offered, serviced }) => {
      const thread = this.#threads.get(mapNumber);
      return { queue, cpu, offered, serviced, threadNs: thread === undefined ? null : readThreadNs(thread) };
    });
  }

  /** Kernel threads that serve the queues, as far as they can be seen. */
  get threadPids(): number[] {
    return this.#nic.queues().flatMap(({ mapNumber }) => this.#threads.get(mapNumber) ?? []);
  }

  /** Takes it away; the packets of the lab's other paths need it gone. Twice is harmless. */
  close(): void {
    this.#nic.close();
    fillInChecksums(this.#lab, 'by the device');
  }
}

function opened(config: SoftwareNicConfig): NativeSoftwareNic {
  try {
    return openSoftwareNic(config);
  } catch (error) {
    throw receivePathObstacle(error);
  }
}

/** A veth to which checksums are left never fills them in, and XDP at its far end then hands up packets whose checksum is wrong. */
function fillInChecksums({ sender }: Lab, who: 'before the wire' | 'by the device'): void {
  setDeviceFeature(sender.namespace, sender.device, 'tx-checksum-ip-generic', who === 'by the device');
}

function keyBytes(hexadecimal: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hexadecimal, 'hex'));
}
