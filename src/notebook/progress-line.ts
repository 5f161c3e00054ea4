import { formatKpps } from '../plot/index.js';

/** How far a long run is. Every field may be left out. */
export interface ProgressState {
  /** Steps done, of `steps`. */
  step?: number | undefined;
  steps?: number | undefined;
  /** What is being done now. */
  text?: string | undefined;
  /** Packets per second at this moment. */
  rate?: number | undefined;
  secondsLeft?: number | undefined;
}

/** One line that says how far a run is: `pinned: 3 of 12, warming up, 521 k pps, 8 s left`. */
export function progressLine(label: string, { step, steps, text, rate, secondsLeft }: ProgressState): string {
  const parts: string[] = [];
  if (step !== undefined) parts.push(steps === undefined ? `step ${short(step)}` : `${short(step)} of ${short(steps)}`);
  if (text !== undefined && text !== '') parts.push(text);
  if (rate !== undefined && Number.isFinite(rate)) parts.push(`${formatKpps(rate)} k pps`);
  if (secondsLeft !== undefined && Number.isFinite(secondsLeft)) parts.push(`${Math.max(0, Math.ceil(secondsLeft))} s left`);
  return parts.length === 0 ? label : `${label}: ${parts.join(', ')}`;
}

/** Seconds may be steps too: one digit is enough. */
function short(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(1);
}
