import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Plan } from '../../experiment/plan.js';
import { plan as planFor } from '../plan/plan.js';
import type { Solution } from '../solve/solution.js';
import { solve } from '../solve/solve.js';
import { type CostValues, costValues } from '../stages/cost-values.js';
import { firewallHost } from '../stages/firewall-host.js';
import { frameHost } from '../stages/frame-host.js';
import { polledHost } from '../stages/polled-host.js';
import { type Possibilities, possibilitiesOf } from './possibilities.js';

/** Everything that the model knows about an experiment on a host, before it is put into an Outcome. */
export interface Assessment extends Possibilities {
  plan: Plan;
  /** The host as the experiment's packets meet it, and the values of its costs. */
  host: Host;
  costs: CostValues;
  /** Solution of each distinct scenario. */
  solutions: Solution[];
}

/** Plans, expands the unknowns and solves. */
export function assess(experiment: Experiment, host: Host): Assessment {
  const plan = planFor(experiment, host);
  const met = firewallHost(experiment, frameHost(experiment, polledHost(experiment, host)));
  const costs = costValues(met);
  const expanded = possibilitiesOf(plan, experiment, host);
  return { ...expanded, plan, host: met, costs, solutions: expanded.scenarios.map((scenario) => solve(scenario, costs)) };
}

/** Mean of a quantity of the solutions over the possibilities. */
export function expected(
  { possibilities, solutions }: Pick<Assessment, 'possibilities' | 'solutions'>,
  quantity: (solution: Solution) => number,
): number {
  const values = solutions.map(quantity);
  return possibilities.reduce((sum, { probability, scenario }) => sum + probability * (values[scenario] ?? 0), 0);
}

/** Packets per second that reach the application. */
export function deliveredPps(solution: Solution): number {
  return solution.sockets.reduce((sum, socket) => sum + socket.deliveredPps, 0);
}
