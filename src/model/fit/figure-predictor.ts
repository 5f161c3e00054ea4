import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import { plan as planFor } from '../plan/plan.js';
import { type Assessment, deliveredPps, expected } from '../predict/assess.js';
import { possibilitiesOf } from '../predict/possibilities.js';
import { predictedCounters } from '../predict/predicted-counters.js';
import { solve } from '../solve/solve.js';
import type { CostValues } from '../stages/cost-values.js';
import { sameCpuPeakPps } from '../stages/same-cpu.js';
import type { Figure } from './figure.js';

/** Predicts figures for any costs; plans are made once, since costs do not change them. */
export function figurePredictor(figures: Figure[], experiments: Record<string, Experiment>, host: Host): (costs: CostValues) => number[] {
  const prepared = [...new Set(figures.map(({ experiment }) => experiment))].map((id) => {
    const experiment = experiments[id];
    if (!experiment) throw new RangeError(`figurePredictor: experiment must be one of the given, got ${id}`);
    const plan = planFor(experiment, host);
    return { id, plan, ...possibilitiesOf(plan, experiment, host) };
  });
  const starts = new Map<string, number[][]>();
  return (costs) => {
    const assessments = new Map(
      prepared.map(({ id, ...expanded }): [string, Assessment] => {
        const known = starts.get(id);
        const solutions = expanded.scenarios.map((scenario, index) => solve(scenario, costs, known?.[index]));
        starts.set(
          id,
          solutions.map(({ unknowns }) => unknowns),
        );
        return [id, { ...expanded, host, costs, solutions }];
      }),
    );
    return figures.map(({ experiment, name }) => quantity(name, assessments.get(experiment), costs));
  };
}

function quantity(name: string, assessment: Assessment | undefined, costs: CostValues): number {
  if (name === 'sameCpuPeakPps') return sameCpuPeakPps(costs);
  if (!assessment) return Number.NaN;
  if (name === 'deliveredPps') return expected(assessment, deliveredPps);
  const counter = predictedCounters(assessment, false)[name];
  if (counter === undefined) throw new RangeError(`figurePredictor: name must be a predicted counter, got ${name}`);
  return counter;
}
