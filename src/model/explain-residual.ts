import type { CostName, PartedCostName } from '../experiment/cost.js';
import type { Experiment } from '../experiment/experiment.js';
import type { Host } from '../experiment/host.js';
import type { Run } from '../experiment/run.js';
import { withCosts } from '../experiment/with-costs.js';
import { atSpeed } from './at-speed.js';
import { factorFor } from './residual/factor-for.js';
import { isInline } from './residual/is-inline.js';
import { measuredReaderNs } from './residual/measured-reader-ns.js';
import { measuredSoftirqNs } from './residual/measured-softirq-ns.js';
import { observedSockets } from './residual/observed-sockets.js';
import { residualSentence } from './residual/residual-sentence.js';
import { speedRatio } from './residual/speed-ratio.js';
import { type WhatIf, whatIf } from './residual/what-if.js';
import { takesFrames } from './stages/frame-host.js';
import { isPolled } from './stages/polled-host.js';

/** Why a run delivered something else than was predicted, in the order in which the causes are taken out. */
export type ResidualCauseName =
  | 'model'
  | 'speed'
  | 'hashing'
  | 'reader'
  | 'softirq'
  | 'source'
  | 'ring'
  | 'socketBuffer'
  | 'otherLosses'
  | 'unexplained';

/** One part of a miss. */
export interface ResidualCause {
  cause: ResidualCauseName;
  /** Packets per second that it adds to what was predicted; negative where it takes away. */
  pps: number;
  /** The measured quantity beside what the model expected; empty where the run says nothing of it. */
  evidence: string;
}

/** A miss split into causes: predictedPps + Σ causes = measuredPps. */
export interface Residual {
  run: string;
  experiment: string;
  predictedPps: number;
  measuredPps: number;
  causes: ResidualCause[];
  /** The miss and its largest cause in words. */
  sentence: string;
}

/**
 * Splits measured − predicted of a run into named causes. Quantities of the model are replaced by measured ones, one after the other, and what each
 * replacement adds to the model's delivered pps is its part:
 *
 * 1. `model`: what this version of the model says instead of what was registered;
 * 2. `speed`: all times by the speed of the CPUs around the run, where it was probed;
 * 3. `hashing`: the sockets that the kernel's secret hash really chose;
 * 4. `reader`: CPU time of the readers for each packet, wake-ups included;
 * 5. `softirq`: its CPU time for each packet, where it has not the sender's CPU (there it is inside the sender's call);
 * 6. `source`: what the sources really sent;
 * 7. `ring`, `socketBuffer`, `otherLosses`: losses beside those that the model expects after all that, such as a socket that overflows while its
 *    reader stalls though it has time enough on average;
 * 8. `unexplained`: the rest, such as queues that grew during the window.
 *
 * The order goes against the packet's way, so that what is replaced later is not moved again by what was replaced before: a sender's speed
 * depends on the reader's through wake-ups, a reader's hardly on the sender's. Another order would give other parts of the same sum.
 *
 * @throws {HostError} when this version of the model cannot express the run
 */
export function explainResidual(run: Run): Residual {
  const { prediction, outcome } = run;
  const causes: ResidualCause[] = [];
  let nowPps = prediction.deliveredPps;
  const add = (cause: ResidualCauseName, deliveredPps: number, evidence: string) => {
    causes.push({ cause, pps: deliveredPps - nowPps, evidence });
    nowPps = deliveredPps;
  };
  let { experiment, host } = run;
  let state = whatIf(experiment, host);
  add('model', state.deliveredPps, '');

  const ratio = speedRatio(run);
  if (ratio !== null) {
    host = atSpeed(host, ratio);
    state = whatIf(experiment, host);
  }
  add('speed', state.deliveredPps, ratio === null ? '' : `an ALU loop took ${percent(ratio - 1)} longer than at the calibration`);

  const seen = observedSockets(run);
  const isPossible = seen ? (_: unknown, index: number) => seen.has(index) : undefined;
  const ask = (asked: Experiment, of: Host) => whatIf(asked, of, isPossible);
  if (seen) state = ask(experiment, host);
  add('hashing', state.deliveredPps, seen ? `shares of the sockets ${shares(outcome.sockets.map(({ offeredPps }) => offeredPps))}` : '');

  const isFramed = takesFrames(experiment, host);
  const readerNs = measuredReaderNs(run);
  if (readerNs !== null) {
    const expected = state.readerNs;
    host = costsFor(host, isFramed ? ['frameReadNs'] : readingPrices(host), (changed) => ask(experiment, changed).readerNs, readerNs.value);
    state = ask(experiment, host);
    add('reader', state.deliveredPps, `${ns(readerNs.value)} of the reader for each packet instead of ${ns(expected)}${readerNs.source}`);
  } else add('reader', nowPps, '');

  const softirqNs = measuredSoftirqNs(run);
  if (softirqNs !== null) {
    const expected = state.softirqNs;
    host = costsFor(host, ['softirqNs'], (changed) => ask(experiment, changed).softirqNs, softirqNs);
    state = ask(experiment, host);
    add('softirq', state.deliveredPps, `${ns(softirqNs)} of the softirq for each packet instead of ${ns(expected)}, by clock ticks`);
  } else add('softirq', nowPps, '');

  if (outcome.offeredPps !== null && outcome.offeredPps > 0) {
    const expectedPps = state.offeredPps;
    [experiment, host] = sourcesThatSend(run, host, outcome.offeredPps, (asked, of) => ask(asked, of).offeredPps);
    state = ask(experiment, host);
    add(
      'source',
      state.deliveredPps,
      `${thousands(outcome.offeredPps)} sent instead of ${thousands(expectedPps)}${isInline(run) && isFlood(run) ? ', the softirq runs inside the sender’s call' : ''}`,
    );
  } else add('source', nowPps, '');

  addLosses(run, state, (cause, lessPps, evidence) => add(cause, nowPps - lessPps, evidence));
  add('unexplained', outcome.deliveredPps, '');
  const residual = { run: run.name, experiment: run.experiment.id, predictedPps: prediction.deliveredPps, measuredPps: outcome.deliveredPps, causes };
  return { ...residual, sentence: residualSentence(residual) };
}

/** Losses that are left over when the model's own are taken out. */
function addLosses({ outcome }: Run, state: WhatIf, add: (cause: ResidualCauseName, lessPps: number, evidence: string) => void): void {
  const { nicRing = 0, backlog = 0, socketBuffer = 0, ...others } = outcome.lossesPps;
  const ring = nicRing + backlog;
  add('ring', ring - state.ringPps, `${thousands(ring)} lost before the softirq instead of ${thousands(state.ringPps)}`);
  add(
    'socketBuffer',
    socketBuffer - state.socketBufferPps,
    `${thousands(socketBuffer)} lost at full sockets where mean speeds account for ${thousands(state.socketBufferPps)}`,
  );
  const other = Object.values(others).reduce((sum, pps) => sum + pps, 0);
  add('otherLosses', other, `${thousands(other)} lost elsewhere`);
}

/** What a frame costs the wire's CPU, which makes and copies it. */
const framePrices = ['wireNs', 'frameCopyNs'] as const;

/** The host with some costs multiplied so that a quantity that rises with them reaches what was measured. */
function costsFor(host: Host, names: readonly (CostName | PartedCostName)[], quantity: (changed: Host) => number, target: number): Host {
  const times = (factor: number) => withCosts(host, Object.fromEntries(names.map((name) => [name, (host.costs[name]?.value ?? 0) * factor])));
  return times(factorFor((factor) => quantity(times(factor)), target));
}

/** Experiment and host whose sources send what they sent: schedules as kept, floods by the time that a packet takes them. */
function sourcesThatSend(
  { experiment, plan, outcome }: Run,
  host: Host,
  offeredPps: number,
  sends: (asked: Experiment, of: Host) => number,
): [Experiment, Host] {
  const schedulePps = experiment.sources.reduce((sum, source) => sum + (source.offeredPps ?? Number.POSITIVE_INFINITY), 0);
  const kept = outcome.offeredPps === null || schedulePps === Number.POSITIVE_INFINITY ? 1 : outcome.offeredPps / schedulePps;
  const asked = {
    ...experiment,
    sources: experiment.sources.map((source) => (source.offeredPps === null ? source : { ...source, offeredPps: source.offeredPps * kept })),
  };
  const reachesAlready = Math.abs(sends(asked, host) / offeredPps - 1) < 1e-9;
  if (reachesAlready) return [asked, host];
  return [asked, costsFor(host, sendingPrices(plan.receivePath, experiment, host), (changed) => -sends(asked, changed), -offeredPps)];
}

/** The costs of reading a packet, wherever it lies. */
function readingPrices({ costs }: Host): (CostName | PartedCostName)[] {
  return costs.coldReadNs ? ['readNs', 'coldReadNs'] : ['readNs'];
}

/** The costs of a packet on the CPU that sends it. */
function sendingPrices(receivePath: Run['plan']['receivePath'], experiment: Experiment, host: Host): (CostName | PartedCostName)[] {
  if (isPolled(experiment, host)) return [host.costs.wireNs ? 'wireNs' : 'sendNs', host.costs.polledNs ? 'polledNs' : 'softirqNs'];
  if (takesFrames(experiment, host)) return [...framePrices];
  return receivePath === 'veth' || receivePath === 'loopback' ? ['sendNs', 'softirqNs'] : ['sendNs'];
}

function isFlood({ experiment }: Run): boolean {
  return experiment.sources.some(({ offeredPps }) => offeredPps === null);
}

function percent(ratio: number): string {
  return `${(100 * ratio).toFixed(1)} %`;
}

function ns(value: number): string {
  return `${Math.round(value).toLocaleString('en-US')} ns`;
}

function thousands(pps: number): string {
  return `${(pps / 1000).toFixed(1)}k`;
}

function shares(values: readonly number[]): string {
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => `${Math.round((100 * value) / total)} %`).join(', ');
}
