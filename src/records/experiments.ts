import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Experiment, parseExperiment } from '../experiment/index.js';
import { article } from './article.js';
import { packageRoot } from './package-root.js';

const folder = path.join(packageRoot, 'data/experiments');

/** Every ready-made Experiment by id: the article's, then those of data/experiments/. */
export function experiments(): Record<string, Experiment> {
  const own = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => parseExperiment(JSON.parse(readFileSync(path.join(folder, name), 'utf8')), name));
  return { ...article.experiments, ...Object.fromEntries(own.map((experiment) => [experiment.id, experiment])) };
}
