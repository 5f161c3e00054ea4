import { isNarrow } from './is-narrow.js';
import type { PathLanes } from './path-lanes.js';

/** Offered load that fills the picture's width; the scale stays while rates move, so that a change is seen as a change. */
const highestPps = 2.5e6;

/** A narrower box could not hold its label. */
const narrowestPx = 48;

const gapPx = 6;

/** Where packets arrive at a queue and where the kept ones leave it, as streams with a middle and a width. */
export interface LaneLayout {
  arriving: StreamPlace;
  kept: StreamPlace;
  /** Box of the queue. */
  box: StreamPlace;
  /** Boxes of those who take from the queue: a softirq, or readers. */
  takers: { box: StreamPlace; part: StreamPlace; from: StreamPlace }[];
}

/** A horizontal stretch. */
export interface StreamPlace {
  centrePx: number;
  widthPx: number;
}

/** Places of all streams and boxes in a picture of this width; notes stand from `notesPx` on. */
export interface PathLayout {
  notesPx: number;
  total: StreamPlace;
  delivered: StreamPlace;
  queues: LaneLayout[];
  sockets: LaneLayout[];
}

/** Lays queues and sockets out in lanes side by side, every stream as wide as its rate. */
export function pathLayout({ queues, sockets, offeredPps, deliveredPps }: PathLanes, widthPx: number): PathLayout {
  const usablePx = widthPx - (isNarrow(widthPx) ? 138 : 236);
  const pxOf = (pps: number) => (pps / highestPps) * usablePx * 0.8;
  const middle = (pps: number): StreamPlace => ({ centrePx: usablePx / 2, widthPx: pxOf(pps) });
  const deliverable = sockets.reduce((sum, socket) => sum + socket.offeredPps, 0);
  const equal = queues.map(() => usablePx / queues.length);
  const rooms = sockets.map(({ offeredPps: arriving }) => {
    const smallestPx = Math.min(narrowestPx + gapPx, usablePx / sockets.length);
    const share = deliverable > 0 ? arriving / deliverable : 1 / sockets.length;
    return smallestPx + (usablePx - sockets.length * smallestPx) * share;
  });
  return {
    notesPx: usablePx + 14,
    total: middle(offeredPps),
    delivered: middle(deliveredPps),
    queues: queues.map(({ offeredPps: arriving, servicedPps }, at) => laneLayout(laneAt(equal, at), pxOf(arriving), pxOf(servicedPps), 1)),
    sockets: sockets.map(({ offeredPps: arriving, deliveredPps: kept, readers }, at) =>
      laneLayout(laneAt(rooms, at), pxOf(arriving), pxOf(kept), readers.length),
    ),
  };
}

function laneAt(widthsPx: readonly number[], at: number): StreamPlace {
  const widthPx = widthsPx[at] ?? 0;
  return { centrePx: widthsPx.slice(0, at).reduce((sum, before) => sum + before, 0) + widthPx / 2, widthPx };
}

function laneLayout(lane: StreamPlace, arrivingPx: number, keptPx: number, takers: number): LaneLayout {
  const { centrePx, widthPx: lanePx } = lane;
  const leftPx = centrePx - lanePx / 2;
  const keptLeftPx = centrePx - arrivingPx / 2;
  const partPx = keptPx / takers;
  // Under their streams, as far as the lane reaches.
  const roomPx = Math.min(lanePx / takers, boxFor(partPx) + gapPx);
  const takersLeftPx = Math.min(leftPx + lanePx - takers * roomPx, Math.max(leftPx, keptLeftPx + keptPx / 2 - (takers * roomPx) / 2));
  return {
    arriving: { centrePx, widthPx: arrivingPx },
    kept: { centrePx: keptLeftPx + keptPx / 2, widthPx: keptPx },
    box: { centrePx, widthPx: Math.min(lanePx - gapPx, boxFor(arrivingPx)) },
    takers: Array.from({ length: takers }, (_, index) => {
      const takerPx = takersLeftPx + (index + 0.5) * roomPx;
      return {
        box: { centrePx: takerPx, widthPx: roomPx - gapPx },
        part: { centrePx: takerPx, widthPx: partPx },
        from: { centrePx: keptLeftPx + (index + 0.5) * partPx, widthPx: partPx },
      };
    }),
  };
}

function boxFor(streamPx: number): number {
  return Math.max(streamPx + 10, narrowestPx);
}
