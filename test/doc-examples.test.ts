import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as experiment from '../src/experiment/index.js';
import { scriptJson } from '../src/explore/script-json.js';
import { sliderScale } from '../src/explore/slider-scale.js';
import * as host from '../src/host/index.js';
import * as model from '../src/model/index.js';
import { betweenStalls } from '../src/model/stages/interruptions.js';
import * as progressLine from '../src/native/progress-line.js';
import * as plot from '../src/plot/index.js';
import { article } from '../src/records/article.js';
import { machineOf } from '../src/records/machine-of.js';
import { canonicalJson } from '../src/sweep/canonical-json.js';
import { pointText } from '../src/sweep/point-text.js';
import { sbatchArguments } from '../src/sweep/slurm/sbatch-arguments.js';
import { calibrationSeries } from '../src/targets/calibration-series.js';
import * as targets from '../src/targets/index.js';

const source = path.resolve(import.meta.dirname, '../src');
const scope: Record<string, unknown> = {
  article,
  ...experiment,
  ...host,
  ...model,
  ...progressLine,
  ...plot,
  ...targets,
  betweenStalls,
  calibrationSeries,
  canonicalJson,
  machineOf,
  pointText,
  sbatchArguments,
  scriptJson,
  sliderScale,
};

/** Lines `expression // => value` of every doc comment, with the file they stand in. */
const examples = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .flatMap((file) =>
    [...readFileSync(path.join(source, file), 'utf8').matchAll(/^[ \t]*\*[ \t]*(?:@example[ \t]+)?(.+?)[ \t]*\/\/ => (.+?)(?:[ \t]*\*\/)?$/gm)].map(
      ([, expression = '', value = '']) => [file, expression, value] as const,
    ),
  );

const evaluate = (text: string): unknown => new Function(...Object.keys(scope), `return (${text});`)(...Object.values(scope));

describe('examples in doc comments', () => {
  it('are there', () => expect(examples.length).toBeGreaterThan(5));
  it.each(examples)('%s: %s', (_, expression, value) => {
    expect(evaluate(expression)).toEqual(evaluate(value));
  });
});
