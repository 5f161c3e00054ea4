import type { Bottleneck } from '../experiment/index.js';
import { formatKpps } from '../plot/format-kpps.js';
import { figure } from './figure.js';
import type { PathLanes } from './path-lanes.js';
import { type LaneLayout, type PathLayout, pathLayout, type StreamPlace } from './path-layout.js';
import { endBox, gauge, queueBox, spill, stream } from './path-parts.js';
import { textLabel } from './text-label.js';

/** Top of every place on the way, in pixels. */
const tops = { senders: 4, rings: 70, softirqs: 150, sockets: 244, readers: 324, application: 396, bottom: 428 } as const;
const boxPx = 44;
const endPx = 26;

/** Draws senders, RX rings, softirqs, sockets and readers from top to bottom, each stream as wide as its rate. */
export function pathPicture(lanes: PathLanes, limiting: Bottleneck, widthPx: number, alt: string): string {
  const layout = pathLayout(lanes, widthPx);
  return figure(drawStreams(lanes, layout) + drawBoxes(lanes, layout, limiting) + drawNotes(lanes, limiting, layout), widthPx, tops.bottom, alt);
}

function drawStreams({ queues }: PathLanes, { total, delivered, queues: queueLanes, sockets: socketLanes }: PathLayout): string {
  const sent = sideBySide(
    total,
    queueLanes.map(({ arriving }) => arriving.widthPx),
  );
  const intoSocket = socketLanes.map(({ arriving }, socket) => {
    const inputs = queues.map((queue, index) => (queue.socket === socket ? (queueLanes[index]?.kept.widthPx ?? 0) : 0));
    return sideBySide(arriving, inputs);
  });
  const read = sideBySide(
    delivered,
    socketLanes.flatMap(({ takers }) => takers.map(({ part }) => part.widthPx)),
  );
  return [
    ...queueLanes.map(({ arriving }, index) => stream(sent[index] ?? total, tops.senders + endPx, arriving, tops.rings)),
    ...queueLanes.map((lane) => drawTaking(lane, tops.rings, tops.softirqs, 'lost-nicRing')),
    ...queues.map(({ socket }, index) => {
      const from = queueLanes[index]?.takers[0]?.part ?? total;
      return stream(from, tops.softirqs + boxPx, intoSocket[socket]?.[index] ?? from, tops.sockets);
    }),
    ...socketLanes.map((lane) => drawTaking(lane, tops.sockets, tops.readers, 'lost-socketBuffer')),
    ...socketLanes
      .flatMap(({ takers }) => takers)
      .map(({ part }, index) => stream(part, tops.readers + boxPx, read[index] ?? part, tops.application)),
  ].join('');
}

/** From a queue to those who take from it, and what ran over. */
function drawTaking({ arriving, kept, takers }: LaneLayout, queueTopPx: number, takerTopPx: number, loss: string): string {
  const lostPx = arriving.widthPx - kept.widthPx;
  return (
    takers.map(({ from, part }) => stream(from, queueTopPx + boxPx, part, takerTopPx)).join('') +
    spill(kept.centrePx + kept.widthPx / 2, queueTopPx + boxPx, lostPx, loss)
  );
}

/** Parts of these widths, side by side about the middle of the whole. */
function sideBySide({ centrePx }: StreamPlace, widthsPx: readonly number[]): StreamPlace[] {
  let leftPx = centrePx - widthsPx.reduce((sum, widthPx) => sum + widthPx, 0) / 2;
  return widthsPx.map((widthPx) => {
    leftPx += widthPx;
    return { centrePx: leftPx - widthPx / 2, widthPx };
  });
}

function drawBoxes({ queues, sockets }: PathLanes, layout: PathLayout, limiting: Bottleneck): string {
  const rings = queues.map(({ queue, cpu, busy, fill }, index) => {
    const lane = layout.queues[index];
    if (!lane) return '';
    const softirq = { busy, working: 0, isLimit: limiting === 'softirq', label: `CPU ${cpu}` };
    return queueBox(lane.box, tops.rings, boxPx, fill, `queue ${queue}`) + gauge(lane.takers[0]?.box ?? lane.box, tops.softirqs, boxPx, softirq);
  });
  const buffers = sockets.map(({ fill, readers }, socket) => {
    const lane = layout.sockets[socket];
    if (!lane) return '';
    const gauges = readers.map(({ cpu, busy, working }, index) =>
      gauge(lane.takers[index]?.box ?? lane.box, tops.readers, boxPx, { busy, working, isLimit: limiting === 'reader', label: `CPU ${cpu}` }),
    );
    return queueBox(lane.box, tops.sockets, boxPx, fill, sockets.length > 1 ? `socket ${socket}` : 'socket') + gauges.join('');
  });
  return [
    endBox(layout.total, tops.senders, endPx, 'senders'),
    ...rings,
    ...buffers,
    endBox(layout.delivered, tops.application, endPx, 'application'),
  ].join('');
}

/** What happens at each place, in words and figures, to the right of it. */
function drawNotes(
  { senders, offeredPps, deliveredPps, ringPackets, bufferPackets, queues, sockets }: PathLanes,
  limiting: Bottleneck,
  { notesPx }: PathLayout,
): string {
  const polledPps = queues.reduce((sum, { servicedPps }) => sum + servicedPps, 0);
  const readers = sockets.reduce((sum, socket) => sum + socket.readers.length, 0);
  type Line = [text: string, style: string];
  const note = (topPx: number, lines: Line[]) =>
    lines.map(([text, style], line) => textLabel(text, notesPx, topPx + 13 + line * 15, { style })).join('');
  const loss = (lostPps: number, counter: string): Line[] =>
    lostPps > 1e-5 * offeredPps
      ? [
          [`−${formatKpps(lostPps)} k lost`, 'strong lost'],
          [counter, 'small lost'],
        ]
      : [['nothing lost', 'small muted']];
  const limit = (stage: Bottleneck): Line[] => (stage === limiting ? [['the limit', 'strong lost']] : []);
  return (
    note(tops.senders - 3, [
      [`${formatKpps(offeredPps)} k offered`, 'strong'],
      [`by ${senders} sending core${senders === 1 ? '' : 's'}`, 'small muted'],
    ]) +
    note(tops.rings, [[`RX ring of ${ringPackets.toLocaleString('en-US')}`, 'small'], ...loss(offeredPps - polledPps, 'rx_nodesc_drop_cnt')]) +
    note(tops.softirqs + 8, [['softirq', 'small'], ...limit('softirq')]) +
    note(tops.sockets, [[`buffer of ${bufferPackets.toLocaleString('en-US')}`, 'small'], ...loss(polledPps - deliveredPps, 'RcvbufErrors')]) +
    note(tops.readers + 8, [[readers > 1 ? `${readers} readers` : 'reader', 'small'], ...limit('reader')]) +
    note(tops.application + 4, [[`${formatKpps(deliveredPps)} k delivered`, 'strong']])
  );
}
