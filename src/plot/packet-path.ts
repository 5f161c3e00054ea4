import { max } from 'simple-statistics';
import { formatKpps } from './format-kpps.js';
import { packetPathBox } from './packet-path-box.js';
import { packetPathDrops } from './packet-path-drops.js';
import { type PacketPathLayout, packetPathLayout } from './packet-path-layout.js';
import { palette } from './palette.js';
import { picture } from './picture.js';
import { requireRate, requireRows } from './require-rows.js';

/** One place on the packet's path. */
export interface PacketPathStage {
  name: string;
  /** Packets per second that arrive here; of the first stage, what it sends. */
  ratePps: number;
  /** What the stage could take; null where nothing limits it, or nobody knows. */
  capacityPps: number | null;
  /** Packets per second that die here. */
  lostPps: number;
  /** Name of the counter that proves the loss, as tools print it; '' where no counter sees it. */
  counter: string;
  /** Whether packets wait here. Default: yes for names with ring, buffer, backlog or queue. */
  queue?: boolean | undefined;
}

/**
 * Draws the way of the packets from the sender to the reader, 760 px wide: arrows as thick as the rate, boxes filled as far as
 * the stage is busy, queues as slots, and drops falling out with the counter that proves them.
 * @throws RangeError when there are no stages, or a rate is negative or not finite
 * @example packetPath([{ name: 'sender', ratePps: 810e3, capacityPps: null, lostPps: 0, counter: '' }])
 */
export function packetPath(stages: readonly PacketPathStage[]): string {
  requireRows('packetPath', stages, ['ratePps', 'lostPps']);
  stages.forEach(({ capacityPps }, index) => {
    if (capacityPps !== null) requireRate('packetPath', `stages[${index}].capacityPps`, capacityPps);
  });
  const layout = packetPathLayout(stages.length, max(stages.map(({ ratePps }) => ratePps)));
  const { widthPx, sidePx } = layout;
  const leftPx = (index: number) => sidePx + index * layout.spacingPx;
  const drops = packetPathDrops(stages, layout);
  const heightPx = layout.boxTopPx + layout.boxHeightPx + drops.heightPx + 20;
  const body = [
    `<text x="${sidePx + 2}" y="24" font-size="15" font-weight="600">The path of a packet</text>`,
    `<text x="${widthPx - sidePx}" y="24" text-anchor="end" fill="${palette.muted}">rates in k packets per second (k), arrows to scale</text>`,
    ...stages.map((stage, index) => drawStream(stage, leftPx(index) + layout.boxPx, index === stages.length - 1, layout)),
    ...stages.map((stage, index) => packetPathBox(stage, leftPx(index), layout)),
    drops.svg,
  ];
  return picture(body.join(''), widthPx, heightPx, `Path of a packet: ${stages.map(sentence).join('; ')}.`);
}

/** The arrow from one stage to the next, or out of the last one to the application. */
function drawStream(stage: PacketPathStage, fromPx: number, isLast: boolean, layout: PacketPathLayout): string {
  const pps = Math.max(0, stage.ratePps - stage.lostPps);
  const toPx = fromPx + layout.spacingPx - layout.boxPx;
  const middlePx = layout.boxTopPx + layout.boxHeightPx / 2;
  const headPx = Math.min(14, (toPx - fromPx) / 2);
  // Thinner arrows would not be seen.
  const halfPx = Math.max(1.5, pps * layout.pxPerPps) / 2;
  const arrow = `M${fromPx},${middlePx - halfPx}H${toPx - headPx}v-4L${toPx - 1},${middlePx}L${toPx - headPx},${middlePx + halfPx + 4}v-4H${fromPx}z`;
  const weight = isLast ? ' font-weight="700"' : '';
  return (
    (pps === 0 ? '' : `<path d="${arrow}" fill="${palette.fates.delivered}"/>`) +
    `<text x="${(fromPx + toPx) / 2}" y="${layout.boxTopPx - 8}" text-anchor="middle" font-size="11"${weight}>${formatKpps(pps)} k</text>`
  );
}

function sentence(stage: PacketPathStage): string {
  const lost = stage.lostPps === 0 ? '' : `, ${formatKpps(stage.lostPps)} k pps lost (${stage.counter === '' ? 'no counter' : stage.counter})`;
  const capacity = stage.capacityPps === null ? '' : ` of at most ${formatKpps(stage.capacityPps)}`;
  return `${stage.name} ${formatKpps(stage.ratePps)}${capacity} k pps${lost}`;
}
