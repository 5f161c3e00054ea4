import { escapeXml } from '../plot/escape-xml.js';
import { altText, image } from '../plot/index.js';

/** A chart in a page; on a narrow screen it scrolls instead of shrinking to unreadable text. */
export function figure(svgText: string): string {
  return `<div class="wide figure">${image(svgText, altText(svgText))}</div>`;
}

/** A headed list of sentences, nothing when there are none; the same sentence is shown once. */
export function notes(title: string, sentences: readonly string[]): string {
  return sentences.length
    ? `<h3>${escapeXml(title)}</h3><ul>${[...new Set(sentences)].map((sentence) => `<li>${escapeXml(sentence)}</li>`).join('')}</ul>`
    : '';
}
