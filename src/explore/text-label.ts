import { escapeXml } from '../plot/escape-xml.js';

/** How a line of text in a drawing looks. */
export interface TextStyle {
  anchor?: 'start' | 'middle' | 'end';
  /** Classes of exploreStyle: `muted`, `strong`, `small`, `lost`, … */
  style?: string;
}

/** A line of text in a drawing, its base line at `yPx`. */
export function textLabel(text: string, xPx: number, yPx: number, { anchor = 'start', style = '' }: TextStyle = {}): string {
  return `<text x="${xPx}" y="${yPx}"${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}${style === '' ? '' : ` class="${style}"`}>${escapeXml(text)}</text>`;
}
