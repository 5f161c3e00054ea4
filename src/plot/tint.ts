/** The colour on white, as strong as `share` says; never quite white, so that a small figure still has a cell. */
export function tint(colour: string, share: number): string {
  const strength = 0.12 + 0.88 * Math.min(1, Math.max(0, share));
  const channel = (at: number) => Math.round(255 - strength * (255 - Number.parseInt(colour.slice(at, at + 2), 16)));
  return `#${[1, 3, 5].map((at) => channel(at).toString(16).padStart(2, '0')).join('')}`;
}
