import { escapeXml } from '../plot/escape-xml.js';
import { palette } from '../plot/index.js';
import { kernelDisplay } from './kernel-display.js';
import { type ProgressState, progressLine } from './progress-line.js';

/** Tells how far a long run is. */
export interface Progress {
  /** Shows the new state in place of the last one. */
  update(state: ProgressState): void;
  /** Ends the display with one line; updates that come later are ignored. */
  done(text: string): void;
}

/**
 * Starts a progress display: a bar under the cell in a notebook, lines on stderr elsewhere.
 * @example
 * const bar = progress('pinned');
 * await measure(experiment, { onProgress: (state) => bar.update(state) });
 * bar.done('pinned: three runs recorded');
 */
export function progress(label: string): Progress {
  const kernel = kernelDisplay();
  let write: (line: string, share: number | null) => void;
  if (kernel === null) write = writeLines();
  else {
    const place = kernel.newDisplay();
    write = (line, share) => place.html(barHtml(line, share));
  }
  let ended = false;
  write(label, 0);
  return {
    update(state) {
      if (!ended) write(progressLine(label, state), shareOf(state));
    },
    done(text) {
      if (!ended) write(text, null);
      ended = true;
    },
  };
}

function shareOf({ step, steps }: ProgressState): number {
  if (step === undefined || steps === undefined || !(steps > 0)) return 0;
  return Math.min(1, Math.max(0, step / steps));
}

/** Overwrites one line of a terminal; elsewhere (a file, a log) writes each new line once. */
function writeLines(): (line: string, share: number | null) => void {
  let last = '';
  return (line, share) => {
    if (line === last && share !== null) return;
    last = line;
    if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}${share === null ? '\n' : ''}`);
    else process.stderr.write(`${line}\n`);
  };
}

function barHtml(line: string, share: number | null): string {
  const text = `<div style="font-variant-numeric:tabular-nums">${escapeXml(line)}</div>`;
  if (share === null) return text;
  const percent = Math.round(share * 1000) / 10;
  return `${text}<div role="progressbar" aria-valuenow="${percent}" aria-valuemin="0" aria-valuemax="100" style="width:320px;max-width:100%;height:8px;border:1px solid #555"><div style="width:${percent}%;height:100%;background:${palette.predicted}"></div></div>`;
}
