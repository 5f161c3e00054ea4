/** Whether a drawing of this width is for a phone. */
export function isNarrow(widthPx: number): boolean {
  return widthPx < 620;
}
