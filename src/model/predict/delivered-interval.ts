import type { Cost, CostName } from '../../experiment/cost.js';
import type { Host } from '../../experiment/host.js';
import type { Interval } from '../../experiment/outcome.js';
import { studentT } from '../simulate/student-t.js';
import type { Solution } from '../solve/solution.js';
import { solve } from '../solve/solve.js';
import { leastCost } from '../stages/cost-values.js';
import { type Assessment, deliveredPps, expected } from './assess.js';

/** Fine enough for the slope of a step of two per cent. */
const slopeTolerance = 1e-5;

const relativeStep = 0.02;

/** A rate that costs at the end of their interval bring to nothing counts as so much of what it was. */
const leastRatio = 1e-3;

/** Scenarios that are solved again for each source of spread. */
const mostScenarios = 16;

/** Standard deviations from the middle to either end of a 90 % interval of a normal distribution. */
const deviationsOf90Percent = 1.6448536269514722;

/** Spread that even a steady run shows: clocks, short stalls. The steadiest run of the article, two-senders-one-ip, has ±0.8 %. */
const idleSpread = 0.008;

/**
 * Where the next run's delivered pps will lie with probability 0.9. Five things spread it: the machine's speed, which changes all times alike
 * between runs (`runToRunSpread`); how the costs differed between the rounds of the calibration, all of them together, because what one round takes
 * for the cost of a call it does not take for that of a packet; the uncertainty of each cost that has no rounds, taken as independent; the
 * possibilities; and a floor. Each is moved to both ends of its own 90 % interval, one after the other, and what they move down and up is added in
 * squares, down and up apart: next to a knee much is lost on one side and nothing won on the other, which no slope shows.
 */
export function deliveredInterval(assessment: Assessment, scheduledPps = Number.POSITIVE_INFINITY): Interval {
  const { host } = assessment;
  const middle = expected(assessment, deliveredPps);
  const sample = sampleOf(assessment);
  const names = costNames(host);
  const steady = deviationsOf90Percent * idleSpread;
  let [down, up] = [steady ** 2, steady ** 2];
  const inRounds = names.filter((name) => host.costs[name].rounds);
  const alone = names.filter((name) => !host.costs[name].rounds).map((name) => costEnds(name, host.costs[name]));
  for (const ends of [speedEnds(names, host.runToRunSpread), coldEnd(host), ...alone]) {
    const moves = ends.map((costs) => logMove(assessment, sample, costs));
    down += Math.min(0, ...moves) ** 2;
    up += Math.max(0, ...moves) ** 2;
  }
  const [roundsDown, roundsUp] = nextMove(roundFactors(host, inRounds).map((costs) => logMove(assessment, sample, costs)));
  down += roundsDown;
  up += roundsUp;
  const between = middle > 0 ? deviationsOf90Percent ** 2 * expected(assessment, (solution) => (deliveredPps(solution) / middle - 1) ** 2) : 0;
  return {
    low: middle * Math.exp(-Math.sqrt(down + between)),
    high: Math.min(middle * Math.exp(Math.sqrt(up + between)), (1 + steady) * scheduledPps),
    level: 0.9,
    kind: 'prediction',
  };
}

type Sample = Pick<Assessment, 'possibilities' | 'solutions'>;

/** Factors of costs by name. */
type Factors = Partial<Record<CostName, number>>;

/** A slow and a fast phase of the machine. */
function speedEnds(names: CostName[], spread: number): Factors[] {
  if (spread === 0) return [];
  const times = names.filter((name) => name.endsWith('Ns'));
  return [-1, 1].map((sign) => Object.fromEntries(times.map((name) => [name, Math.exp(sign * deviationsOf90Percent * spread)])));
}

/** A calibration reads from caches that no other thread uses: a reader may be anywhere between that and one that reads from memory. */
function coldEnd({ costs: { readNs, coldReadNs } }: Host): Factors[] {
  return coldReadNs && coldReadNs.value > readNs.value ? [{ readNs: coldReadNs.value / Math.max(readNs.value, leastCost) }] : [];
}

/** The costs as each round of the calibration showed them, where it showed them. */
function roundFactors({ costs }: Pick<Host, 'costs'>, names: CostName[]): Factors[] {
  const rounds = Math.max(0, ...names.map((name) => costs[name].rounds?.length ?? 0));
  return Array.from({ length: rounds }, (_, round) => {
    const shown = names.map((name) => [name, costs[name].rounds?.[round] ?? null, costs[name].value] as const);
    return Object.fromEntries(
      shown.flatMap(([name, value, middle]) => (value === null ? [] : [[name, Math.max(value, leastCost) / Math.max(middle, leastCost)]])),
    );
  });
}

/**
 * Squares of the reach down and up of the interval in which the next of several like moves will lie (Student's, of so few). Where moves go to one side
 * only, half of all would have gone to the other and are not seen.
 */
function nextMove(moves: readonly number[]): [down: number, up: number] {
  if (moves.length < 2) return [0, 0];
  const squares = (side: (move: number) => number) => moves.reduce((sum, move) => sum + side(move) ** 2, 0);
  const scale = (studentT(0.95, moves.length - 1) ** 2 * (1 + 1 / moves.length)) / (moves.length - 1);
  const all = squares((move) => move);
  return [-1, 1].map((side) => scale * Math.max(all, 2 * squares((move) => Math.max(0, side * move)))) as [number, number];
}

/** Both ends of a cost's interval. A cost of zero is a millionth, so that its factor is finite. */
function costEnds(name: CostName, { value, low, high }: Cost): Factors[] {
  const ends = [low, high].filter((end) => end !== value);
  return ends.map((end) => ({ [name]: Math.max(end, leastCost) / Math.max(value, leastCost) }));
}

/** Relative change of delivered pps for each relative change of each of the host's costs. */
export function costSlopes(assessment: Assessment): number[] {
  const sample = sampleOf(assessment);
  return costNames(assessment.host).map((name) => relativeSlope(assessment, sample, name));
}

/**
 * Factor by which the ratio of two predictions for one host may be off, either way, with 90 % probability. Both are moved by the same
 * costs, so that what moves them alike drops out.
 *
 * @param before slopes of one, from costSlopes()
 * @param after of the other
 */
export function ratioReach(before: number[], after: number[], host: Host): number {
  const variance = costNames(host).reduce(
    (sum, name, index) => sum + (((after[index] ?? 0) - (before[index] ?? 0)) * relativeReach(host.costs[name])) ** 2,
    0,
  );
  return Math.exp(Math.sqrt(variance));
}

function costNames({ costs }: Host): CostName[] {
  return Object.keys(costs) as CostName[];
}

/** Relative change of delivered pps for each relative change of a cost. A short step stays on this side of a change of bottleneck where it can. */
function relativeSlope(assessment: Assessment, sample: Sample, name: CostName): number {
  return assessment.costs[name] === 0 ? 0 : relativeMove(assessment, sample, { [name]: 1 + relativeStep }) / relativeStep;
}

/** Relative change of delivered pps where costs are multiplied. */
function relativeMove(assessment: Assessment, sample: Sample, factors: Factors): number {
  const before = expected(sample, deliveredPps);
  if (!(before > 0)) return 0;
  const costs = { ...assessment.costs };
  for (const [name, factor] of Object.entries(factors) as [CostName, number][]) costs[name] *= factor;
  const solutions: Solution[] = [];
  for (const { scenario: index } of sample.possibilities) {
    const [scenario, solution] = [assessment.scenarios[index], assessment.solutions[index]];
    if (scenario && solution) solutions[index] ??= solve(scenario, costs, solution.unknowns, slopeTolerance);
  }
  return expected({ possibilities: sample.possibilities, solutions }, deliveredPps) / before - 1;
}

/** The same as a logarithm: rates that fall by half and that double are as far off. */
function logMove(assessment: Assessment, sample: Sample, factors: Factors): number {
  return Math.log(Math.max(leastRatio, 1 + relativeMove(assessment, sample, factors)));
}

/** Half the width of a cost's interval on a logarithmic scale: where it spans orders of magnitude, a straight line would be far off at its ends. A cost of zero has none. */
function relativeReach({ value, low, high }: Cost): number {
  if (!(value > 0)) return 0;
  return low > 0 ? Math.log(high / low) / 2 : Math.max(1, Math.log(high / value));
}

/** All possibilities where few scenarios differ, else some of them, evenly chosen: relative slopes hardly depend on a draw. */
function sampleOf({ possibilities, solutions }: Assessment): Sample {
  if (solutions.length <= mostScenarios) return { possibilities, solutions };
  const stride = Math.floor(possibilities.length / mostScenarios);
  const chosen = possibilities.filter((_, index) => index % stride === 0);
  return { possibilities: chosen.map((possibility) => ({ ...possibility, probability: 1 / chosen.length })), solutions };
}
