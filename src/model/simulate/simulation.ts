import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Outcome } from '../../experiment/outcome.js';
import type { Plan } from '../../experiment/plan.js';
import { plan as planFor } from '../plan/plan.js';
import type { Assessment } from '../predict/assess.js';
import { lossesOf, outcomeOf } from '../predict/outcome-of.js';
import { type Possibilities, type Possibility, possibilitiesOf } from '../predict/possibilities.js';
import type { Solution } from '../solve/solution.js';
import { type CostValues, costValues } from '../stages/cost-values.js';
import { metHost } from '../stages/met-host.js';
import { checkLoad } from './check-load.js';
import { checkOptions, type SimulateOptions } from './check-options.js';
import { type Layout, layoutOf } from './layout.js';
import { meanInterval, type ReplicationRate } from './mean-interval.js';
import { RandomStream } from './random-stream.js';
import { type Replication, replicate } from './replicate.js';
import { streamSeed } from './stream-seed.js';

/** Up to so many distinct scenarios are all simulated in each replication; beyond, each replication draws as many possibilities. */
const mostScenarios = 16;

/** Name of the stream that draws possibilities, apart from the seeds of machines. */
const drawing = 0x64726177;

/** One replication of what can turn out. Plain data, so that it can be handed from one thread to another. */
export interface Replicated {
  /** Mean over the cases. */
  rate: ReplicationRate;
  runs: Replication[];
  /** Indices of the plan's possibilities and of their runs; the probabilities add up to 1. */
  cases: { possibility: number; run: number; probability: number }[];
}

/** An experiment on a host about to be simulated: its replications, which depend on nothing but their numbers, and what they come to together. */
export class Simulation {
  readonly replications: number;
  private readonly options: Required<SimulateOptions>;
  private readonly plan: Plan;
  /** The host as the experiment's packets meet it. */
  private readonly met: Host;
  private readonly costs: CostValues;
  private readonly possible: Possibilities;
  private readonly layouts = new Map<number, Layout>();

  /**
   * @throws {HostError} when the host cannot express the experiment
   * @throws {RangeError} when an option is out of range
   */
  constructor(
    private readonly experiment: Experiment,
    private readonly host: Host,
    options: SimulateOptions,
  ) {
    this.options = checkOptions(options);
    this.replications = this.options.replications;
    this.plan = planFor(experiment, host);
    this.met = metHost(experiment, this.plan, host);
    this.costs = costValues(this.met);
    this.possible = possibilitiesOf(this.plan, experiment, host);
    for (const scenario of this.possible.scenarios) checkLoad(scenario, this.costs, this.options.seconds);
  }

  /** Simulates every possibility of the plan where they are few, else a seeded draw of them. @param replication its number, from 0 */
  replicate(replication: number): Replicated {
    const { seed, seconds } = this.options;
    const rate: ReplicationRate = { pps: 0, firstHalfPps: 0, secondHalfPps: 0 };
    const runs: Replication[] = [];
    const done = new Map<number, number>();
    const cases = this.drawn(new RandomStream(streamSeed(seed, replication, drawing))).map(({ possibility, probability }) => {
      const { scenario } = this.possible.possibilities[possibility] as Possibility;
      const run = done.get(scenario) ?? runs.push(replicate(this.layoutOf(scenario), streamSeed(seed, replication), seconds)) - 1;
      done.set(scenario, run);
      const { pps, firstHalfPps, secondHalfPps } = (runs[run] as Replication).rate;
      rate.pps += probability * pps;
      rate.firstHalfPps += probability * firstHalfPps;
      rate.secondHalfPps += probability * secondHalfPps;
      return { possibility, run, probability };
    });
    return { rate, runs, cases };
  }

  /** What all replications come to. @param replicated in the order of their numbers */
  outcome(replicated: readonly Replicated[]): Outcome {
    const { experiment, host, plan, replications } = this;
    const { seed, seconds } = this.options;
    const { interval, doubt } = meanInterval(replicated.map(({ rate }) => rate));
    const runs = replicated.flatMap((replication) => replication.runs);
    return {
      kind: 'simulated',
      ...outcomeOf(this.assessment(replicated), experiment, host, (schedulePps, offeredPps) =>
        keepsSchedule(schedulePps, offeredPps, experiment.sources.length, seconds),
      ),
      seconds,
      delivered: interval,
      ...packetsOf(plan, runs),
      notes: [...plan.deviations, ...(doubt ? [doubt] : []), `${replications} replications of ${seconds} simulated seconds, seed ${seed}.`],
    };
  }

  /** Replications in the terms in which predict assesses: one possibility and solution for each run. */
  private assessment(replicated: readonly Replicated[]): Assessment {
    const { plan, met, costs, possible, replications } = this;
    const possibilities: Possibility[] = [];
    const solutions: Solution[] = [];
    for (const { cases, runs } of replicated) {
      for (const { possibility, run, probability } of cases) {
        const { named } = possible.possibilities[possibility] as Possibility;
        possibilities.push({ probability: probability / replications, named, scenario: solutions.length + run });
      }
      solutions.push(...runs.map(({ solution }) => solution));
    }
    return { plan, host: met, costs, possibilities, scenarios: possible.scenarios, solutions };
  }

  private drawn(random: RandomStream): { possibility: number; probability: number }[] {
    const { possibilities, scenarios } = this.possible;
    if (scenarios.length <= mostScenarios) return possibilities.map(({ probability }, possibility) => ({ possibility, probability }));
    return Array.from({ length: mostScenarios }, () => ({
      possibility: Math.floor(random.uniform() * possibilities.length),
      probability: 1 / mostScenarios,
    }));
  }

  /** Of possibilities that differ only in names it is the first that is laid out, whichever replication asks. */
  private layoutOf(scenario: number): Layout {
    const first = this.possible.possibilities.find((possibility) => possibility.scenario === scenario) as Possibility;
    const layout = this.layouts.get(scenario) ?? layoutOf(first.named, this.experiment, this.host, this.costs);
    this.layouts.set(scenario, layout);
    return layout;
  }
}

/** Packets of all runs, from start to drain. */
function packetsOf(plan: Plan, runs: Replication[]) {
  const sum = (name: 'sent' | 'delivered' | 'ringLost' | 'socketLost') =>
    runs.reduce((packets, { total }) => total[name].reduce((running, count) => running + count, packets), 0);
  const [offeredPackets, deliveredPackets, ringLost, socketLost] = [sum('sent'), sum('delivered'), sum('ringLost'), sum('socketLost')];
  return {
    offeredPackets,
    deliveredPackets,
    lossesPackets: lossesOf(plan, ringLost, socketLost),
    unaccountedPackets: offeredPackets - deliveredPackets - ringLost - socketLost,
  };
}

/** Whether every source keeps its schedule, as far as a window can tell: each may be a packet short of it, and one in a thousand late. */
function keepsSchedule(schedulePps: number, offeredPps: number, sources: number, seconds: number): boolean {
  return offeredPps >= schedulePps * 0.999 - sources / seconds;
}
