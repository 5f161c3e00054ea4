import { unescapeXml } from './unescape-xml.js';

/**
 * What a chart says, in words: the text for readers who cannot see it. Every chart of this kit carries it; '' for other SVG texts.
 * @example altText(packetPath(stages)) // 'Path of a packet: sender 810 k pps …'
 */
export function altText(svgText: string): string {
  const label = /^<svg\b[^>]*\saria-label="([^"]*)"/.exec(svgText)?.[1];
  return label === undefined ? '' : unescapeXml(label);
}
