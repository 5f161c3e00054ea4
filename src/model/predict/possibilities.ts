import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Plan } from '../../experiment/plan.js';
import { steerByQueue } from '../plan/steer-by-queue.js';
import type { Scenario } from '../solve/scenario.js';
import { type NamedScenario, scenarioOf } from '../solve/scenario-of.js';
import { isBalanced } from './is-balanced.js';
import { randomNumbers } from './random-numbers.js';
import { unknownChoices } from './unknown-choice.js';

/** Up to so many outcomes are enumerated; beyond, as many seeded draws stand for all. */
const mostOutcomes = 256;
const draws = 96;

/** One way in which a plan's unknowns can turn out. */
export interface Possibility {
  probability: number;
  named: NamedScenario;
  /** Index into the distinct scenarios: those that differ only in names are solved once. */
  scenario: number;
}

/** All ways in which a plan can turn out, and the distinct scenarios among them. */
export interface Possibilities {
  possibilities: Possibility[];
  scenarios: Scenario[];
}

/**
 * Expands a plan into concrete scenarios: every outcome of its unknowns where they are few (so that hash occupancy is
 * exact), else 96 seeded draws. Placements that a scheduler would not leave so are dropped; the others are equally likely.
 */
export function possibilitiesOf(plan: Plan, experiment: Experiment, host: Host): Possibilities {
  const choices = unknownChoices(plan, experiment, host);
  const outcomes = choices.reduce((product, choice) => product * choice.outcomes.length, 1);
  const count = outcomes <= mostOutcomes ? outcomes : draws;
  const random = randomNumbers(1);
  const seen = new Map<string, number>();
  const scenarios: Scenario[] = [];
  const possibilities: Possibility[] = [];
  const decisions: Plan[] = [];
  for (let number = 0; number < count; number++) {
    const decided: Plan = { ...plan, sourceCpus: [...plan.sourceCpus], readerCpus: [...plan.readerCpus], flows: [...plan.flows] };
    let digits = number;
    for (const { outcomes: possible, decide } of choices) {
      const index = outcomes <= mostOutcomes ? digits % possible.length : Math.floor(random() * possible.length);
      digits = Math.floor(digits / possible.length);
      decide(decided, possible[index] ?? 0);
    }
    if (experiment.receiver.steering === 'queue')
      decided.flows = steerByQueue(decided.flows, queuesIn(decided), experiment.receiver.placements.length);
    decisions.push(decided);
  }
  const balanced = decisions.filter((decided) => isBalanced(decided, plan, host.cpus));
  const likely = balanced.length ? balanced : decisions;
  for (const decided of likely) {
    const named = scenarioOf(decided, experiment, host);
    const signature = JSON.stringify(named.scenario);
    const known = seen.get(signature) ?? scenarios.push(named.scenario) - 1;
    seen.set(signature, known);
    possibilities.push({ probability: 1 / likely.length, named, scenario: known });
  }
  return { possibilities, scenarios };
}

function queuesIn(plan: Plan): number[] {
  return [...new Set(plan.flows.flatMap(({ queue }) => queue ?? []))].sort((a, b) => a - b);
}
