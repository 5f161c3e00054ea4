import { max, median } from 'simple-statistics';
import type { Run } from '../experiment/index.js';
import { isAsRegistered } from './registration.js';

/** From these shares on something threatens what the runs say. */
const limits = { unaccounted: 0.001, steal: 0.02, otherCpu: 0.04, source: 0.02 };
/** Fewer runs of a configuration say little of its spread. */
const fewRuns = 3;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/**
 * What threatens the conclusions that one may draw from a set of runs, computed from the runs themselves, one sentence each, gravest first. What was
 * checked and found in order is said too, last.
 *
 * @param runs of one host
 */
export function threatsToValidity(runs: readonly Run[]): string[] {
  if (runs.length === 0) return [];
  const threats: string[] = [];
  const fine: string[] = [];
  const say = (isThreat: boolean, threat: string, inOrder: string) => (isThreat ? threats.push(threat) : fine.push(inOrder));
  const count = (isSo: (run: Run) => boolean) => runs.filter(isSo).length;
  const of = (number: number) => `${number} of ${runs.length} runs`;

  const open = count(({ outcome }) => Math.abs(outcome.unaccountedPackets ?? 0) > limits.unaccounted * (outcome.offeredPackets ?? 0));
  const largest = max(runs.map(({ outcome }) => Math.abs(outcome.unaccountedPackets ?? 0)));
  say(
    open > 0,
    `The account of ${of(open)} does not close within 0.1 %: packets went where nobody looked.`,
    `Every account closes within 0.1 %; the largest remainder is ${largest.toLocaleString('en-US')} packets.`,
  );

  const changed = count((run) => !isAsRegistered(run));
  say(changed > 0, `${of(changed)} no longer hold the prediction that was registered.`, 'Every prediction is as it was registered before its run.');

  const steal = runs.map(({ outcome }) => Math.max(0, ...outcome.cpus.map((cpu) => cpu.steal)));
  const stolen = steal.filter((share) => share > limits.steal).length;
  say(
    stolen > 0,
    `In ${of(stolen)} the hypervisor took more than 2 % of a CPU, at most ${percent(max(steal))}.`,
    `No CPU lost more than ${percent(max(steal))} to the hypervisor. A guest can be slowed without that showing here.`,
  );

  const other = runs.map(({ facts }) => Number(facts.otherCpuShare ?? 0));
  const busy = other.filter((share) => share > limits.otherCpu).length;
  say(
    busy > 0,
    `During ${of(busy)} other processes used more than 4 % of a CPU, at most ${percent(max(other))}.`,
    `Other processes never used more than ${percent(max(other))} of a CPU.`,
  );

  const short = count(({ experiment, outcome }) => {
    const planned = experiment.sources.reduce((sum, { offeredPps }) => sum + (offeredPps ?? Number.NaN), 0);
    return (outcome.offeredPps ?? 0) < (1 - limits.source) * planned;
  });
  if (short) threats.push(`In ${of(short)} a paced source did not reach its rate: they say what the source can do, not the receiver.`);
  const sourceLimited = count(({ outcome }) => outcome.bottleneck === 'source');
  if (sourceLimited) threats.push(`${of(sourceLimited)} were limited by the source: the receiver could take more than they show.`);

  const floors = runs.flatMap(({ facts }) => (typeof facts.noiseFloor === 'number' ? [facts.noiseFloor] : []));
  if (floors.length)
    threats.push(`Two equal runs differed by ${percent(median(floors))} in the median before the studies: smaller differences mean nothing.`);
  else threats.push('No noise floor was measured: nobody knows by how much two equal runs differ here (mpps study measures it).');

  const groups = new Map<string, number>();
  for (const { experiment } of runs) groups.set(experiment.id, (groups.get(experiment.id) ?? 0) + 1);
  const thin = [...groups].filter(([, runsOfIt]) => runsOfIt < fewRuns).map(([id]) => id);
  if (thin.length) threats.push(`Fewer than ${fewRuns} runs: ${thin.join(', ')}. Their spread is unknown.`);

  const assumed = [
    ...new Set(runs.flatMap(({ host }) => Object.entries(host.costs).flatMap(([name, { origin }]) => (origin === 'assumed' ? [name] : [])))),
  ];
  if (assumed.length) threats.push(`Costs that were assumed, not measured, in at least one prediction: ${assumed.join(', ')}.`);
  return [...threats, ...fine];
}
