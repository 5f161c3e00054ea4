import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { type Experiment, InputError, parseStudy, type Study } from '../experiment/index.js';
import { packageRoot } from '../records/package-root.js';
import { readJsonFile } from '../records/read-json-file.js';
import { findExperiment } from './find-experiment.js';

const folder = path.join(packageRoot, 'data/studies');

/** A study with the experiments that it names. */
export interface FoundStudy {
  study: Study;
  experiments: Experiment[];
}

/**
 * Finds a study by its id or reads it from a file; its experiments are ids, or files seen from the study file. Several names, or one that is
 * no study, are experiments to make a study of.
 *
 * @throws {InputError} naming what there is
 */
export function findStudy(names: readonly string[]): FoundStudy {
  const [only = ''] = names;
  const ready = path.join(folder, `${path.basename(only)}.json`);
  const file = names.length > 1 ? null : path.basename(only) === only && existsSync(ready) ? ready : existsSync(only) && isStudy(only) ? only : null;
  if (file === null) return adHoc(names);
  const study = parseStudy(readJsonFile(file), path.basename(file));
  const experiments = study.experiments.map((name) => {
    const beside = path.resolve(path.dirname(file), name);
    return findExperiment(name.endsWith('.json') && existsSync(beside) ? beside : name);
  });
  return { study, experiments: distinct(experiments, path.basename(file)) };
}

function isStudy(file: string): boolean {
  const text = readJsonFile(file);
  return typeof text === 'object' && text !== null && 'experiments' in text;
}

function adHoc(names: readonly string[]): FoundStudy {
  try {
    const experiments = distinct(names.map(findExperiment), 'study');
    return { study: parseStudy({ id: experiments.length === 1 ? experiments[0]?.id : 'study', experiments: [...names] }), experiments };
  } catch (error) {
    if (!(error instanceof InputError) || names.length > 1) throw error;
    const studies = readdirSync(folder).map((name) => path.basename(name, '.json'));
    throw new InputError(`study: must be a JSON file, a study (${studies.join(', ')}) or experiments; ${error.message}`);
  }
}

/** Records are told apart by the experiment's id. */
function distinct(experiments: Experiment[], where: string): Experiment[] {
  const ids = experiments.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new InputError(`${where}: experiments must have ids of their own, got ${twice} twice`);
  return experiments;
}
