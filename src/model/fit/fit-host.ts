import type { Cost, CostName, PartedCostName } from '../../experiment/cost.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import { withCosts } from '../../experiment/with-costs.js';
import { type WhatIf, whatIf } from '../residual/what-if.js';
import { costValues } from '../stages/cost-values.js';
import type { Figure } from './figure.js';
import { fitCosts } from './fit-costs.js';
import type { Prior } from './prior.js';
import type { Reading } from './reading.js';

const deviationsOf90Percent = 1.6448536269514722;

/** Relative standard deviation of what the model says of a run whose costs are known [assumed]: no figure is believed to be better than this. */
const modelSpread = 0.03;

/** A cost counts as identified when the readings make its interval at most this much of what it was before [assumed]. */
const identifiedWidth = 0.5;

/** Costs that traffic between two hosts can tell; the others of a host stay what they were. */
const asked: readonly (CostName | PartedCostName)[] = [
  'sendNs',
  'sendCallNs',
  'softirqNs',
  'softirqDropRatio',
  'readNs',
  'readCallNs',
  'handOverNs',
  'wakeUpNs',
  'wakeLatencyNs',
  'producerContentionNs',
  'readerContentionNs',
];

/** What one system call costs beside its packets, where nobody has looked. */
const assumedCallNs: Cost = { value: 200, low: 50, high: 800, origin: 'assumed', source: 'order of magnitude of entering the kernel' };

const quantities = ['offeredPps', 'deliveredPps', 'readerNs', 'softirqNs'] as const satisfies readonly (keyof WhatIf & keyof Reading)[];

/**
 * Finds the costs of a host from what it did: the costs with which `predict` gives what was measured, by least squares over rates and CPU times
 * of all readings, with the host's own costs and intervals as priors. For hosts that nobody can take apart as `calibrate` does its own machine.
 *
 * @param readings of several experiments, each repeated
 * @returns the host with these costs; those that the readings do not tell apart keep their origin, and say so
 * @throws {RangeError} when there are fewer readings than costs
 */
export function fitHost(host: Host, readings: readonly Reading[]): Host {
  if (readings.length < asked.length) throw new RangeError(`fitHost: readings must be at least ${asked.length}, got ${readings.length}`);
  const before: Host = { ...host, costs: { sendCallNs: assumedCallNs, readCallNs: assumedCallNs, ...host.costs } };
  const experiments = [...new Map(readings.map(({ experiment }) => [experiment.id, experiment])).values()];
  const figures = experiments.flatMap(({ id }) =>
    figuresOf(
      id,
      readings.filter(({ experiment }) => experiment.id === id),
    ),
  );
  const priors = asked.map((cost) => priorOf(cost, before.costs[cost] as Cost));
  const { costs, covariance } = fitCosts(
    { figures, priors, fixed: costValues(before), predictFigures: (values) => predicted(figures, experiments, withCosts(before, values)) },
    [costValues(before)],
  );
  const fitted = priors.map(({ cost, spread, source }, index) => {
    const standardError = Math.sqrt(covariance[index]?.[index] ?? 0);
    const reach = Math.exp(deviationsOf90Percent * standardError);
    const value = costs[cost] ?? 0;
    const isIdentified = standardError <= identifiedWidth * spread;
    const origin = isIdentified ? 'calibration' : (before.costs[cost]?.origin ?? 'assumed');
    const how = isIdentified ? 'fitted to' : 'hardly told by';
    return [
      cost,
      { value, low: value / reach, high: value * reach, origin, source: `${how} ${readings.length} runs; before: ${source}` } satisfies Cost,
    ];
  });
  return { ...host, costs: { ...before.costs, ...Object.fromEntries(fitted) } };
}

function priorOf(cost: CostName | PartedCostName, { value, low, high, source }: Cost): Prior<CostName | PartedCostName> {
  return { cost, centre: value, spread: Math.max(0.05, Math.log(high / low) / 2 / deviationsOf90Percent), source };
}

/** The figures of the repeats of one experiment: means, as sure as the repeats agree. */
function figuresOf(experiment: string, repeats: readonly Reading[]): Figure[] {
  return quantities.flatMap((name): Figure[] => {
    const values = repeats.map((reading) => reading[name]).filter((value): value is number => value !== null && value > 0);
    if (values.length === 0) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value / mean - 1) ** 2, 0) / Math.max(1, values.length - 1);
    const relativeSpread = Math.hypot(modelSpread, Math.sqrt(variance / values.length));
    return [{ experiment, name, value: mean, relativeSpread, group: experiment }];
  });
}

function predicted(figures: readonly Figure[], experiments: readonly Experiment[], host: Host): number[] {
  const states = new Map(experiments.map((experiment) => [experiment.id, whatIf(experiment, host)]));
  return figures.map(({ experiment, name }) => states.get(experiment)?.[name as (typeof quantities)[number]] ?? Number.NaN);
}
