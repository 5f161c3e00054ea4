import { type StudyOptions, type StudyState, study } from '../lab/index.js';
import type { Call } from './command.js';
import type { FoundStudy } from './find-study.js';
import { statusLine } from './status-line.js';

/** Carries out a study and tells about it as it goes: a status line on standard error, what is worth keeping through `say`. */
export async function tellStudy(
  { study: what, experiments }: FoundStudy,
  { folder, signal, onRun, openBench }: Pick<StudyOptions, 'folder' | 'onRun' | 'openBench'> & Pick<Call, 'signal'>,
  say: (text: string) => void,
): Promise<StudyState> {
  const status = statusLine();
  const tell = (text: string) => {
    status.clear();
    say(text);
  };
  try {
    return await study(what, experiments, {
      folder,
      signal,
      onRefused: ({ id }, reason) => tell(`not on this machine: ${id}: ${reason}`),
      onStability: ({ noiseFloor, reasons }) =>
        tell(
          `noise floor ${(100 * noiseFloor).toFixed(1)} % between two runs of the same flood${reasons.length ? `; this machine is not stable: ${reasons.join('; ')}` : ''}`,
        ),
      onCalibrated: ({ costs, origin }) => {
        const measured = Object.values(costs).filter((cost) => cost.origin === 'calibration').length;
        tell(`${origin}: ${measured} of ${Object.keys(costs).length} costs measured, the others are assumptions (mpps calibrate lists them)`);
      },
      ...(onRun && { onRun }),
      ...(openBench && { openBench }),
      onProgress: ({ text, deliveredPps, secondsLeft }) =>
        status.update(`${text}${deliveredPps === null ? '' : `, ${(deliveredPps / 1e6).toFixed(3)}M pps`}, ${Math.ceil(secondsLeft)} s left`),
    });
  } finally {
    status.clear();
  }
}
