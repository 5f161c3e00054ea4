/** Measures of the picture that `packetPath` draws, in pixels. */
export interface PacketPathLayout {
  widthPx: number;
  /** Room left free on each side. */
  sidePx: number;
  /** Base line of the first line of a stage's name. */
  namePx: number;
  boxTopPx: number;
  boxPx: number;
  boxHeightPx: number;
  /** From the left edge of one box to the next. */
  spacingPx: number;
  /** Thickness of the thickest arrow. */
  streamPx: number;
  pxPerPps: number;
}

/** Measures for so many stages and so high a rate. */
export function packetPathLayout(stages: number, highestPps: number): PacketPathLayout {
  const [widthPx, sidePx] = [760, 14];
  const spacingPx = (widthPx - 2 * sidePx) / (stages + 0.35);
  const boxPx = Math.min(64, spacingPx * 0.62);
  return {
    widthPx,
    sidePx,
    namePx: 52,
    boxTopPx: 112,
    boxPx,
    boxHeightPx: boxPx + 12,
    spacingPx,
    streamPx: boxPx,
    pxPerPps: boxPx / Math.max(1, highestPps),
  };
}
