import { textWidthPx } from './text-width.js';

/** A point of a chart, in pixels, and the name to write beside it. */
export interface LabelledPoint {
  xPx: number;
  yPx: number;
  text: string;
}

/** Where the name of a point goes: left end of its base line, and whether it lies so far off that a line must lead to it. */
export interface PlacedLabel extends LabelledPoint {
  textXPx: number;
  textYPx: number;
  led: boolean;
}

/** Room on a chart, in pixels. */
export interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const distancesPx = [8, 16, 28, 44, 64, 88, 116, 150];
const directions = 16;

/**
 * Places names beside points so that they cover neither each other nor a point nor an obstacle, as near as there is room.
 * Where there is none at any distance the nearest place is taken.
 */
export function placeLabels(points: readonly LabelledPoint[], frame: Box, fontPx: number, obstacles: readonly Box[] = []): PlacedLabel[] {
  const taken: Box[] = [...obstacles, ...points.map(({ xPx, yPx }) => ({ left: xPx - 6, right: xPx + 6, top: yPx - 6, bottom: yPx + 6 }))];
  return points.map((point) => {
    const widthPx = textWidthPx(point.text, fontPx);
    const candidates = distancesPx.flatMap((distancePx) =>
      Array.from({ length: directions }, (_, step) => candidate(point, widthPx, fontPx, distancePx, step)),
    );
    const free = candidates.find(({ box }) => inside(box, frame) && !taken.some((other) => overlap(box, other))) ?? candidates[0];
    if (free === undefined) throw new Error('placeLabels: no candidate');
    taken.push(free.box);
    return { ...point, textXPx: free.box.left, textYPx: free.box.bottom - fontPx * 0.25, led: free.distancePx > 16 };
  });
}

function candidate(point: LabelledPoint, widthPx: number, fontPx: number, distancePx: number, step: number): { box: Box; distancePx: number } {
  // Right first, then in turn below and above it: the way names on maps are placed.
  const angle = (2 * Math.PI * (step % 2 === 0 ? step / 2 : -(step + 1) / 2)) / directions;
  const heightPx = fontPx * 1.2;
  const middleX = point.xPx + Math.cos(angle) * (distancePx + widthPx / 2);
  const middleY = point.yPx + Math.sin(angle) * (distancePx + heightPx / 2);
  return {
    distancePx,
    box: { left: middleX - widthPx / 2, right: middleX + widthPx / 2, top: middleY - heightPx / 2, bottom: middleY + heightPx / 2 },
  };
}

function inside(box: Box, frame: Box): boolean {
  return box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
