import { escapeXml } from './escape-xml.js';
import { formatKpps } from './format-kpps.js';
import { formatPercent } from './format-percent.js';
import type { PacketPathStage } from './packet-path.js';
import type { PacketPathLayout } from './packet-path-layout.js';
import { palette } from './palette.js';
import { wrapText } from './wrap-text.js';

const busyColour = '#cfe5f4';
const fullColour = '#f3c9a8';

/** Draws one stage at `leftPx`: its name, what it can do, and its box; a queue has slots, anything else is filled as far as it is busy. */
export function packetPathBox(stage: PacketPathStage, leftPx: number, layout: PacketPathLayout): string {
  const middlePx = leftPx + layout.boxPx / 2;
  const { namePx } = layout;
  const names = wrapText(stage.name, layout.spacingPx - 6, 12, 2);
  const nameTopPx = namePx + (names.length === 1 ? 15 : 0);
  const title = names
    .map((line, row) => `<text x="${middlePx}" y="${nameTopPx + row * 14}" text-anchor="middle" font-weight="600">${escapeXml(line)}</text>`)
    .join('');
  const isQueue = stage.queue ?? /ring|buffer|backlog|queue/i.test(stage.name);
  const box = isQueue ? drawSlots(stage, leftPx, layout) : drawGauge(stage, leftPx, layout);
  const capacity =
    stage.capacityPps === null
      ? ''
      : `<text x="${middlePx}" y="${namePx + 31}" text-anchor="middle" font-size="11" fill="${palette.muted}">can ${formatKpps(stage.capacityPps)} k</text>`;
  return title + box + capacity;
}

/** A queue: slots from the exit on the right to the entrance on the left, all taken where it overflows. */
function drawSlots(stage: PacketPathStage, leftPx: number, { boxPx, boxTopPx, boxHeightPx: heightPx }: PacketPathLayout): string {
  const slots = 5;
  const load = stage.capacityPps === null || stage.capacityPps === 0 ? 0 : stage.ratePps / stage.capacityPps;
  const taken = stage.lostPps > 0 ? slots : Math.min(slots - 1, Math.max(1, Math.round(load * 3)));
  const slotPx = boxPx / slots;
  const cells = Array.from({ length: slots }, (_, slot) => {
    const filled = slot >= slots - taken;
    const colour = filled ? (stage.lostPps > 0 ? fullColour : busyColour) : palette.paper;
    return `<rect x="${leftPx + slot * slotPx}" y="${boxTopPx}" width="${slotPx}" height="${heightPx}" fill="${colour}" stroke="${palette.ink}"/>`;
  });
  return cells.join('');
}

/** A stage that works: a box filled as high as it is busy. */
function drawGauge(stage: PacketPathStage, leftPx: number, { boxPx, boxTopPx, boxHeightPx: heightPx }: PacketPathLayout): string {
  const busy = stage.capacityPps === null || stage.capacityPps === 0 ? null : Math.min(1, stage.ratePps / stage.capacityPps);
  const outline = `<rect x="${leftPx}" y="${boxTopPx}" width="${boxPx}" height="${heightPx}" rx="6" fill="none" stroke="${palette.ink}" stroke-width="1.2"/>`;
  const ground = `<rect x="${leftPx}" y="${boxTopPx}" width="${boxPx}" height="${heightPx}" rx="6" fill="${palette.paper}"/>`;
  if (busy === null) return ground + outline;
  const fillPx = busy * heightPx;
  const fill = `<rect x="${leftPx}" y="${boxTopPx + heightPx - fillPx}" width="${boxPx}" height="${fillPx}" rx="6" fill="${busy >= 0.995 ? fullColour : busyColour}"/>`;
  const text = `<text x="${leftPx + boxPx / 2}" y="${boxTopPx + heightPx / 2 - 3}" text-anchor="middle" font-size="11"><tspan x="${leftPx + boxPx / 2}">${formatPercent(busy)}</tspan><tspan x="${leftPx + boxPx / 2}" dy="14">busy</tspan></text>`;
  return ground + fill + outline + text;
}
