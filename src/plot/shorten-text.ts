import { textWidthPx } from './text-width.js';

/** Cuts text that is wider than the room it has, and marks the cut with an ellipsis. */
export function shortenText(text: string, widthPx: number, fontPx: number): string {
  if (textWidthPx(text, fontPx) <= widthPx) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && textWidthPx(`${characters.join('')}…`, fontPx) > widthPx) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}
