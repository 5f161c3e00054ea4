import { shortenText } from './shorten-text.js';
import { textWidthPx } from './text-width.js';

/** Breaks text between words into at most `lines` lines; what does not fit is cut with an ellipsis. */
export function wrapText(text: string, widthPx: number, fontPx: number, lines: number): string[] {
  const wrapped: string[] = [];
  let rest = text.trim().split(/\s+/u);
  while (rest.length > 0 && wrapped.length < lines) {
    const last = wrapped.length === lines - 1;
    let words = rest.length;
    while (!last && words > 1 && textWidthPx(rest.slice(0, words).join(' '), fontPx) > widthPx) words -= 1;
    wrapped.push(shortenText(rest.slice(0, words).join(' '), widthPx, fontPx));
    rest = rest.slice(words);
  }
  return wrapped;
}
