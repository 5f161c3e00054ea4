/** Rounds every number in the tags of an SVG text to 3 decimals, so that the same rows give the same text on every machine. */
export function roundNumbers(svgText: string): string {
  return svgText.replace(/<[^>]*>/g, (tag) => tag.replace(/-?\d+\.\d{4,}(?:e[-+]?\d+)?/g, (number) => String(Number(Number(number).toFixed(3)))));
}
