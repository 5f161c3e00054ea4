import { firewallNs } from '../stages/firewall.js';
import { handOverNs } from '../stages/hand-over.js';
import { softirqPacketNs } from '../stages/softirq.js';
import type { Interconnect } from './interconnect.js';
import type { Layout } from './layout.js';
import type { Socket } from './socket.js';

/** A packet's way from poll into the socket buffer, on one CPU: in its softirq, or inside the sendmmsg of a sender there. */
export class Reception {
  private flow = 0;
  private accepted = false;
  private readonly firewallNs: number;

  constructor(
    private readonly processor: number,
    private readonly layout: Layout,
    private readonly sockets: Socket[],
    private readonly interconnect: Interconnect,
    private readonly serviced: number[],
  ) {
    this.firewallNs = firewallNs(layout.costs, layout.scenario.firewall);
  }

  /**
   * Takes a packet in hand. Whether the socket has room is settled here, not at the end.
   *
   * @returns nanoseconds that it costs on average, wake-ups aside, in the present state of socket and interconnect
   */
  begin(flow: number, now: number): number {
    const { costs, distances } = this.layout;
    const socket = this.socketOf(flow);
    const distance = (distances[this.processor] as Layout['distances'][number])[socket.lastReader] as Layout['distances'][number][number];
    this.flow = flow;
    this.accepted = socket.reserve(this.processor);
    const lines = handOverNs(distance, this.interconnect.pps(now), costs);
    if (distance.far > 0) this.interconnect.cross();
    const accepted = this.accepted ? 1 : 0;
    const otherCpus = socket.othersOfFiller(this.processor);
    return softirqPacketNs({ accepted, handOverNs: lines, otherCpus, wakeUps: 0, firewallNs: this.firewallNs }, costs);
  }

  /** Puts the packet in hand into the socket buffer or drops it. @returns whether a reader had to be woken */
  finish(now: number): boolean {
    const socket = this.socketOf(this.flow);
    this.serviced[this.flow] = (this.serviced[this.flow] as number) + 1;
    const woken = this.accepted ? socket.put(this.flow, now) : -1;
    // Behind a software NIC a reader of the same CPU pays for its turn itself.
    if (woken >= 0 && !(this.layout.scenario.nic && woken === this.processor)) return true;
    if (!this.accepted) socket.lost++;
    this.leave();
    return false;
  }

  /** The reader has been woken: only now does this CPU leave the socket alone. */
  leave(): void {
    this.socketOf(this.flow).filled(this.processor);
  }

  private socketOf(flow: number): Socket {
    return this.sockets[(this.layout.scenario.flows[flow] as { socket: number }).socket] as Socket;
  }
}
