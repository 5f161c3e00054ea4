import { existsSync } from 'node:fs';
import path from 'node:path';
import { shuffle } from 'simple-statistics';
import { type Experiment, InputError, parseStudyPlan, type Study, type StudyPlan } from '../experiment/index.js';
import { randomNumbers } from '../model/predict/random-numbers.js';
import { streamSeed } from '../model/simulate/stream-seed.js';
import { readJsonFile } from './read-json-file.js';
import { writeWhole } from './write-whole.js';

/** Name of the plan in a study's folder; it is not a record. */
export const studyPlanName = 'study.json';

/** Reads the plan of a folder; null where there is none. @throws {InputError} with one line when it is broken */
export function readStudyPlan(folder: string): StudyPlan | null {
  const file = path.join(folder, studyPlanName);
  return existsSync(file) ? parseStudyPlan(readJsonFile(file), file) : null;
}

/** Writes the plan, whole or not at all. */
export function writeStudyPlan(folder: string, plan: StudyPlan): void {
  writeWhole(path.join(folder, studyPlanName), `${JSON.stringify(plan, null, 1)}\n`);
}

/**
 * Plans a study, or goes on with the plan that its folder holds. The order of a block follows from the seed and the block's number alone,
 * so that more repeats lengthen a plan and leave its beginning as it was.
 *
 * @param experiments those of the study that this machine can express
 * @throws {InputError} when the folder holds a plan of other experiments or another seed
 */
export function planStudy(study: Study, experiments: readonly Experiment[], earlier: StudyPlan | null): StudyPlan {
  if (earlier && (earlier.seed !== study.seed || JSON.stringify(earlier.experiments) !== JSON.stringify(experiments)))
    throw new InputError(`study ${study.id}: its folder must hold a plan of the same experiments and seed, and holds another; choose another --name`);
  return {
    schema: 'million-packets/study/1',
    id: study.id,
    title: study.title,
    plannedAt: earlier?.plannedAt ?? new Date().toISOString(),
    experiments: [...experiments],
    blocks: Array.from({ length: study.repeats }, (_, block) =>
      shuffle(
        experiments.map(({ id }) => id),
        randomNumbers(streamSeed(study.seed, block)),
      ),
    ),
    seed: study.seed,
    precision: study.precision,
    gate: study.gate,
    sittings: earlier?.sittings ?? [],
  };
}
