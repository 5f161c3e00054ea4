import type { FairProcessor } from '../../simulate/fair-processor.js';
import type { TurnSocket } from './turn-socket.js';
import { type TurnPlace, TurnThread } from './turn-thread.js';

/** A reader looks whether another thread is due after each packet; of quick ones it takes some at a time. */
const pieceNs = 2000;

/** A reading thread: takes what is there, and sleeps when nothing is, or asks again. */
export class ReaderTurns extends TurnThread {
  private wasWoken = false;

  constructor(
    place: TurnPlace,
    private readonly socket: TurnSocket,
    private readonly wakeNs: number,
    private readonly wakeLatencyTicks: number,
    private readonly spins: boolean,
  ) {
    super(place);
  }

  isOn(processor: FairProcessor): boolean {
    return this.place.processor === processor;
  }

  wake(now: number): void {
    this.wasWoken = !this.spins;
    this.wakeUps++;
    this.place.events.set(this.place.slot, now + (this.spins ? 1 : this.wakeLatencyTicks));
  }

  begin(): number {
    const packets = this.socket.take(Math.max(1, Math.floor(pieceNs / this.packetNs)));
    if (packets === 0) {
      if (this.spins && !this.place.isAlone) return this.piece(this.packetNs);
      this.wasWoken = false;
      this.socket.sleep(this);
      return 0;
    }
    const startNs = this.wasWoken ? this.wakeNs : 0;
    this.wasWoken = false;
    this.handled += packets;
    return this.piece(startNs + packets * this.packetNs);
  }
}
