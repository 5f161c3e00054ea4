import { escapeXml } from './escape-xml.js';
import { formatKpps } from './format-kpps.js';
import type { PacketPathStage } from './packet-path.js';
import type { PacketPathLayout } from './packet-path-layout.js';
import { palette } from './palette.js';
import { shortenText } from './shorten-text.js';
import { textWidthPx } from './text-width.js';

const arrowPx = 46;
const levelPx = 34;

interface Drop {
  stage: PacketPathStage;
  middlePx: number;
  textXPx: number;
  level: number;
}

/** Draws the losses that fall out of the stages. Returns the SVG and the height that it needs under the boxes. */
export function packetPathDrops(stages: readonly PacketPathStage[], layout: PacketPathLayout): { svg: string; heightPx: number } {
  const drops = placeDrops(stages, layout);
  const levels = Math.max(0, ...drops.map(({ level }) => level + 1));
  return { svg: drops.map((drop) => drawDrop(drop, layout)).join(''), heightPx: levels === 0 ? 0 : arrowPx + 4 + levels * levelPx };
}

/** Gives each loss a line for its text, so that neighbours with long counter names do not write over each other. */
function placeDrops(stages: readonly PacketPathStage[], layout: PacketPathLayout): Drop[] {
  const ends: number[] = [];
  return stages.flatMap((stage, index) => {
    if (stage.lostPps === 0) return [];
    const middlePx = layout.sidePx + index * layout.spacingPx + layout.boxPx / 2;
    const halfPx = Math.max(textWidthPx(shortenText(stage.counter, 220, 11), 11), textWidthPx(lossText(stage), 12)) / 2;
    const textXPx = Math.min(layout.widthPx - layout.sidePx - halfPx, Math.max(layout.sidePx + halfPx, middlePx));
    let level = ends.findIndex((endPx) => endPx + 8 < textXPx - halfPx);
    if (level === -1) level = ends.length;
    ends[level] = textXPx + halfPx;
    return [{ stage, middlePx, textXPx, level }];
  });
}

function drawDrop({ stage, middlePx, textXPx, level }: Drop, layout: PacketPathLayout): string {
  const topPx = layout.boxTopPx + layout.boxHeightPx;
  const bottomPx = topPx + arrowPx;
  const halfPx = Math.max(1, Math.min(layout.boxPx, stage.lostPps * layout.pxPerPps) / 2);
  const headPx = 9;
  const arrow = `M${middlePx - halfPx},${topPx}V${bottomPx - headPx}h-4L${middlePx},${bottomPx}L${middlePx + halfPx + 4},${bottomPx - headPx}h-4V${topPx}z`;
  const textTopPx = bottomPx + 16 + level * levelPx;
  const lead = level === 0 ? '' : `<path d="M${middlePx},${bottomPx}V${textTopPx - 12}" stroke="${palette.measured}" stroke-dasharray="2 2"/>`;
  const counter = stage.counter === '' ? 'no counter' : shortenText(stage.counter, 220, 11);
  return (
    `${lead}<path d="${arrow}" fill="${palette.measured}"/>` +
    `<text x="${textXPx}" y="${textTopPx}" text-anchor="middle" font-weight="700" fill="#a84300">${lossText(stage)}</text>` +
    `<text x="${textXPx}" y="${textTopPx + 14}" text-anchor="middle" font-size="11">${escapeXml(counter)}</text>`
  );
}

function lossText(stage: PacketPathStage): string {
  return `−${formatKpps(stage.lostPps)} k lost`;
}
