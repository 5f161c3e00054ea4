const narrow = new Set("iljtf.,:;'|!()[] I");
const wide = new Set('mwMW@%—');

/**
 * Width in pixels that a line of sans-serif text takes, estimated on the wide side (DejaVu Sans): Node has no page to measure in.
 * @example textWidthPx('RX ring', 12)
 */
export function textWidthPx(text: string, fontPx: number): number {
  let widthEm = 0;
  for (const character of text) widthEm += narrow.has(character) ? 0.36 : wide.has(character) ? 0.95 : /\p{Lu}|_/u.test(character) ? 0.7 : 0.61;
  return widthEm * fontPx;
}
