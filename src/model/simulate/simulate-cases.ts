import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import { plan as planFor } from '../plan/plan.js';
import type { Assessment } from '../predict/assess.js';
import { type Possibility, possibilitiesOf } from '../predict/possibilities.js';
import { costValues } from '../stages/cost-values.js';
import { firewallHost } from '../stages/firewall-host.js';
import { frameHost } from '../stages/frame-host.js';
import { polledHost } from '../stages/polled-host.js';
import { checkLoad } from './check-load.js';
import { type Layout, layoutOf } from './layout.js';
import type { ReplicationRate } from './mean-interval.js';
import { RandomStream } from './random-stream.js';
import { type Replication, replicate } from './replicate.js';
import { streamSeed } from './stream-seed.js';

/** Up to so many distinct scenarios are all simulated in each replication; beyond, each replication draws as many possibilities. */
const mostScenarios = 16;

/** Name of the stream that draws possibilities, apart from the seeds of machines. */
const drawing = 0x64726177;

/** Replications of everything that can turn out, in the terms in which predict assesses. */
export interface SimulatedCases {
  /** One possibility and solution for each run, weighted so that they add up to 1. */
  assessment: Assessment;
  /** Mean over the possibilities, for each replication. */
  rates: ReplicationRate[];
  runs: Replication[];
}

/** Simulates every possibility of a plan where they are few, else a seeded draw of them, in each replication. */
export function simulateCases(experiment: Experiment, host: Host, seed: number, seconds: number, replications: number): SimulatedCases {
  const plan = planFor(experiment, host);
  const met = firewallHost(experiment, frameHost(experiment, polledHost(experiment, host)));
  const costs = costValues(met);
  const { possibilities, scenarios } = possibilitiesOf(plan, experiment, host);
  for (const scenario of scenarios) checkLoad(scenario, costs, seconds);
  const layouts = new Map<number, Layout>();
  const runs: Replication[] = [];
  const rates: ReplicationRate[] = [];
  const counted: Possibility[] = [];
  for (let replication = 0; replication < replications; replication++) {
    const rate: ReplicationRate = { pps: 0, firstHalfPps: 0, secondHalfPps: 0 };
    const done = new Map<number, number>();
    const machineSeed = streamSeed(seed, replication);
    for (const possibility of casesOf(possibilities, scenarios.length, new RandomStream(streamSeed(seed, replication, drawing)))) {
      const { scenario, named, probability } = possibility;
      const layout = layouts.get(scenario) ?? layoutOf(named, experiment, host, costs);
      layouts.set(scenario, layout);
      const index = done.get(scenario) ?? runs.push(replicate(layout, machineSeed, seconds)) - 1;
      done.set(scenario, index);
      const run = runs[index] as Replication;
      rate.pps += probability * run.rate.pps;
      rate.firstHalfPps += probability * run.rate.firstHalfPps;
      rate.secondHalfPps += probability * run.rate.secondHalfPps;
      counted.push({ probability: probability / replications, named, scenario: index });
    }
    rates.push(rate);
  }
  const solutions = runs.map(({ solution }) => solution);
  return { assessment: { plan, host: met, costs, possibilities: counted, scenarios, solutions }, rates, runs };
}

function casesOf(possibilities: Possibility[], scenarios: number, random: RandomStream): Possibility[] {
  if (scenarios <= mostScenarios) return possibilities;
  return Array.from({ length: mostScenarios }, () => {
    const drawn = possibilities[Math.floor(random.uniform() * possibilities.length)] as Possibility;
    return { ...drawn, probability: 1 / mostScenarios };
  });
}
