import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { articleFirewall, type Firewall, HostError, labNetwork, type Segmentation } from '../experiment/index.js';
import { cpuMask, Journal, processOwner, runCommand } from '../host/index.js';
import { setDeviceFeature } from '../native/set-device-feature.js';
import { writeNamespaceSysfs } from '../native/write-namespace-sysfs.js';
import { packageRoot } from '../records/package-root.js';
import { firewallRules } from './firewall-rules.js';
import { requireLab } from './lab-obstacles.js';
import type { PlaceEnd, TrafficPlace } from './traffic-place.js';

let labCount = 0;

/** Where journals of changes to this machine lie. */
export const journalFolder: string = path.join(packageRoot, '.mpps/journal');

/** One end of the lab's wire, in a network namespace of its own. */
export interface LabEnd extends PlaceEnd {
  namespace: string;
}

const { receivers: receiverAddresses, sender: senderAddress } = labNetwork;
const sinkNetwork = '192.168.253';
const macs = { sender: '02:00:00:00:fe:1e', receiver: '02:00:00:00:fe:01' };

/**
 * Two network namespaces joined by a veth pair, with the article's interface names, addresses and firewall rules.
 * Everything is written into a journal before it is made.
 */
export class Lab implements TrafficPlace {
  readonly name: string;
  readonly sender: LabEnd;
  readonly receiver: LabEnd;
  /** What this machine lacks of the article's set-up, one sentence each. */
  readonly shortcomings: readonly string[];
  readonly #journal: Journal;
  #steeredTo: number | null = null;
  #cutter: Segmentation['cutBy'] = 'receiver';
  #isPolled = false;
  #firewall: Firewall = articleFirewall;
  readonly #port: number;

  private constructor(name: string, port: number, shortcomings: string[], journal: Journal) {
    this.name = name;
    this.sender = { namespace: `/run/netns/${name}-sender`, device: 'eth3', mac: macs.sender };
    this.receiver = { namespace: `/run/netns/${name}-receiver`, device: 'eth2', mac: macs.receiver };
    this.shortcomings = shortcomings;
    this.#port = port;
    this.#journal = journal;
  }

  /**
   * Brings a lab up.
   *
   * @param options keep: it stays after this process ends, until `mpps lab down` takes it away
   * @throws {HostError} when this machine cannot, with what is missing and what to do
   */
  static open({ port = 4321, keep = false }: { port?: number; keep?: boolean } = {}): Lab {
    requireLab();
    // The start time makes the name unlike that of any later process with this number. A kept lab outlives its process, so its
    // name must not look like a leftover's to the doctor of another checkout.
    const name = `mpps-${keep ? 'kept-' : ''}${process.pid}-${(processOwner()?.startTicks ?? 0).toString(36)}-${labCount++}`;
    const shortcomings: string[] = [];
    const lab = new Lab(name, port, shortcomings, Journal.open(journalFolder, name));
    try {
      lab.#build();
      lab.#openFirewall(shortcomings);
      if (keep) lab.#journal.keep();
    } catch (error) {
      lab.close();
      throw error;
    }
    return lab;
  }

  #build(): void {
    const [sender, receiver] = [`${this.name}-sender`, `${this.name}-receiver`];
    for (const namespace of [sender, receiver]) {
      this.#journal.willChange({ kind: 'namespace', name: namespace });
      runCommand(['ip', 'netns', 'add', namespace]);
      // Neighbour discovery would send packets of its own, which no account expects.
      for (const scope of ['all', 'default']) {
        runCommand(inside(`/run/netns/${namespace}`, 'tee', `/proc/sys/net/ipv6/conf/${scope}/disable_ipv6`), '1\n');
      }
    }
    // From inside, because a user who may make namespaces may still not make interfaces outside of them.
    const pair = `link add eth3 address ${macs.sender} type veth peer name eth2 address ${macs.receiver} netns ${receiver}`;
    runCommand(inside(this.sender.namespace, 'ip', ...pair.split(' ')));
    // A sink: its far end stays down, so packets die before the wire and only the cost of sending is left.
    runCommand(inside(this.sender.namespace, 'ip', 'link', 'add', 'sink0', 'type', 'veth', 'peer', 'name', 'sink1'));
    runCommand(
      inside(this.sender.namespace, 'ip', '-batch', '-'),
      [
        `address add ${senderAddress}/24 dev eth3`,
        `address add ${sinkNetwork}.30/24 dev sink0`,
        ...['lo', 'eth3', 'sink0'].map((device) => `link set ${device} up`),
        // Fixed neighbours: no address resolution inside a run.
        ...receiverAddresses.map((address) => `neighbour replace ${address} lladdr ${macs.receiver} nud permanent dev eth3`),
        `neighbour replace ${Lab.sinkAddress} lladdr ${macs.receiver} nud permanent dev sink0`,
      ].join('\n'),
    );
    runCommand(
      inside(this.receiver.namespace, 'ip', '-batch', '-'),
      [
        ...receiverAddresses.map((address) => `address add ${address}/24 dev eth2`),
        ...['lo', 'eth2'].map((device) => `link set ${device} up`),
        `neighbour replace ${senderAddress} lladdr ${macs.sender} nud permanent dev eth2`,
      ].join('\n'),
    );
  }

  /** An address that can be sent to and never arrives anywhere, and the sender's device that leads there. */
  static readonly sinkAddress: string = `${sinkNetwork}.1`;
  static readonly sinkDevice: string = 'sink0';

  #openFirewall(shortcomings: string[]): void {
    try {
      this.#writeFirewall(articleFirewall);
    } catch (error) {
      shortcomings.push(`the article's firewall rules are left out (${(error as Error).message.split('\n')[0]})`);
    }
  }

  #writeFirewall(firewall: Firewall): void {
    runCommand(inside(this.receiver.namespace, 'iptables-restore'), firewallRules(firewall, this.#port));
  }

  /**
   * Has the receiver's firewall do with each packet what an experiment asks for.
   *
   * @throws {HostError} when this machine cannot
   */
  filterBy(firewall: Firewall): void {
    if (isDeepStrictEqual(firewall, this.#firewall)) return;
    try {
      this.#writeFirewall(firewall);
    } catch (error) {
      throw new HostError(`receiver.firewall: the lab's rules could not be written (${(error as Error).message.split('\n')[0]})`);
    }
    this.#firewall = firewall;
  }

  /** The lab has the article's own addresses. */
  addressOf(destination: string): string {
    return destination;
  }

  /**
   * Moves the receive path of arriving packets to one CPU by RPS, or back to the sending CPU with null.
   *
   * @throws {HostError} inside a user namespace, where the kernel does not allow it
   */
  steerTo(cpu: number | null): void {
    if (cpu === this.#steeredTo) return;
    try {
      this.#writeSteering(cpu);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
      throw new HostError(`lab: RPS, which moves the receive path to CPU ${cpu}, needs root and no user namespace; run the command with sudo`);
    }
    this.#steeredTo = cpu;
  }

  #writeSteering(cpu: number | null): void {
    writeNamespaceSysfs(this.receiver.namespace, 'class/net/eth2/queues/rx-0/rps_cpus', cpu === null ? '0' : cpuMask(cpu));
  }

  /** Lets messages of several datagrams cross the wire whole, or has them cut apart by the sending device before it. */
  segmentBy(cutter: Segmentation['cutBy']): void {
    if (cutter === this.#cutter) return;
    this.#cutter = cutter;
    setDeviceFeature(this.sender.namespace, this.sender.device, 'tx-udp-segmentation', cutter === 'receiver');
  }

  /**
   * Has the receiving device polled by NAPI, as hardware is, so that a reader may poll it too (SO_BUSY_POLL); or not, as a veth is by itself.
   *
   * @source drivers/net/veth.c veth_skb_is_eligible_for_gro (6.18): packets of a sender that may send TCP segments never go through NAPI
   */
  pollDevice(on: boolean): void {
    if (on === this.#isPolled) return;
    this.#isPolled = on;
    for (const feature of ['tx-tcp-segmentation', 'tx-tcp-ecn-segmentation', 'tx-tcp-mangleid-segmentation', 'tx-tcp6-segmentation'])
      setDeviceFeature(this.sender.namespace, this.sender.device, feature, !on);
    setDeviceFeature(this.receiver.namespace, this.receiver.device, 'rx-gro', on);
  }

  /** Takes the lab down; twice is harmless. */
  close(): void {
    this.#journal.undo();
  }
}

/** A command that runs inside a namespace. Unlike `ip netns exec` it needs no mounts, so it works in a chroot too. */
function inside(namespace: string, ...argv: string[]): [string, ...string[]] {
  return ['nsenter', `--net=${namespace}`, ...argv];
}

/** Labs of this checkout that were left standing on purpose. */
export function standingLabs(): Journal[] {
  return Journal.all(journalFolder).filter(({ isKept }) => isKept);
}
