import type { SpeedAdjustment } from './score.js';

const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)} %`);

/** What is known of predictions that would follow the probed speed of the CPUs, in words; empty where no run was probed. */
export function speedSentence({ count, medianAbsError, adjustedMedianAbsError, followed }: SpeedAdjustment): string {
  if (count === 0) return '';
  const made = `Scaled by the speed of the CPUs just before each run, ${count} predictions would have a median error of ${percent(adjustedMedianAbsError)} instead of ${percent(medianAbsError)}`;
  if (followed === null) return `${made}.`;
  const share = `the runs show ${followed.value.toFixed(2)} of the scaling (95 % interval ${followed.low.toFixed(2)} to ${followed.high.toFixed(2)}; 1 if they followed it, 0 if it told nothing)`;
  return `${made}; ${share}. Predictions do not use it.`;
}
