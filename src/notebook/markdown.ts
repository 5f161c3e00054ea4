import { kernelDisplay } from './kernel-display.js';

/**
 * Shows a sentence that carries figures, written in Markdown, under the cell. Outside a notebook it prints the text.
 * @example markdown(`The reader is the limit: **${formatKpps(pps)} k pps**.`)
 */
export function markdown(text: string): void {
  const kernel = kernelDisplay();
  if (kernel === null) console.log(text);
  else kernel.display.markdown(text);
}
