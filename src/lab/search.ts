import path from 'node:path';
import type { Experiment, Host, Run, Source } from '../experiment/index.js';
import { kneePps, plan, predict, socketBufferPackets, withOfferedPps } from '../model/index.js';
import { searchName } from '../records/search-name.js';
import { writeWhole } from '../records/write-whole.js';
import { type BisectedRate, bisectRate, type RateTrial } from './bisect-rate.js';
import { isUntrustworthy } from './doubts.js';
import { openStudyBench, type StudyBench } from './study-bench.js';

/** Seconds of a trial; confirmations take the experiment's own. */
const trialS = 1;
const confirmations = 3;
/** Runs of one trial at most, while other processes disturb them. */
const mostAttempts = 3;
const resolution = 0.03;
const mostPps = 1e8;
/** A source that sends less than this share of its schedule has not reached it. */
const reached = 0.98;

/** Bursts: one sendmmsg call each, so many a second that the receiver is idle in between. */
const burstsPerSecond = 20;
const longestBurst = 1024;

/** What was predicted before the first trial. */
export interface SearchPrediction {
  rates: { lossRatio: number; pps: number }[];
  /** Packets of the longest burst without loss; null where the reader keeps up with bursts of any length. */
  burstPackets: number | null;
  /** Places in the socket buffer. */
  bufferPackets: number;
}

/** What the search found. */
export interface SearchFinding {
  rates: ({ lossRatio: number; limitedBy: BisectedRate['limitedBy'] } & { pps: number | null })[];
  /** Null where the wire sends, which keeps a constant pace. */
  burst: { packets: number | null; isAtLeast: boolean } | null;
  /**
   * The burst less what the reader takes meanwhile, in the sense of RFC 9004: buffer depth as it works; null where the reader keeps up, or where no
   * burst was long enough.
   */
  effectiveBufferPackets: number | null;
  trials: number;
}

/** `search.json` in the folder of a search: written before the first trial without finding, and once more at the end. */
export interface Search {
  schema: 'million-packets/search/1';
  experiment: Experiment;
  registeredAt: string;
  predicted: SearchPrediction;
  found: SearchFinding | null;
}

export interface SearchOptions {
  /** Where every trial is recorded: a folder of its own. */
  folder: string;
  lossRatios: readonly number[];
  openBench?: (signal: AbortSignal | undefined) => StudyBench;
  onPredicted?: (prediction: SearchPrediction) => void;
  onRun?: (run: Run) => void;
  onProgress?: (text: string) => void;
  signal?: AbortSignal | undefined;
}

/**
 * Searches the highest load that an experiment takes with so little loss, and the longest burst that it takes without any. Both are predicted and
 * registered first; every trial is a registered run like any other.
 *
 * @throws {HostError} when this machine cannot run the lab or express the experiment
 * @throws {DOMException} named AbortError when the signal fires; finished trials are kept
 */
export async function search(experiment: Experiment, options: SearchOptions): Promise<Search> {
  const { folder, lossRatios, openBench = openStudyBench, onProgress = () => {}, signal } = options;
  const bench = openBench(signal);
  try {
    const isWired = plan(experiment, await bench.host()).wirePps?.some((pps) => pps !== null) ?? false;
    const host = await bench.calibrate(true, ({ text, secondsLeft }) => onProgress(`calibrating, ${text}, ${Math.ceil(secondsLeft)} s left`));
    const predicted = predictSearch(experiment, host, lossRatios);
    const state: Search = { schema: 'million-packets/search/1', experiment, registeredAt: new Date().toISOString(), predicted, found: null };
    const save = () => writeWhole(path.join(folder, searchName), `${JSON.stringify(state, null, 1)}\n`);
    save();
    options.onPredicted?.(predicted);

    let trials = 0;
    const runTrial = async (asked: Experiment, load: number): Promise<RateTrial> => {
      trials++;
      // A machine that is busy with something else says nothing of this load; one that always is must be taken as it is.
      for (let attempt = 1; ; attempt++) {
        const run = await bench.measure(asked, {
          host,
          folder,
          facts: { search: experiment.id },
          onProgress: ({ step, deliveredPps }) => onProgress(`trial ${trials}: ${asked.id}, ${step}, ${(deliveredPps / 1e6).toFixed(3)}M pps`),
        });
        options.onRun?.(run);
        if (attempt === mostAttempts || !isUntrustworthy(run)) return trialOf(run, load);
      }
    };

    const known: RateTrial[] = [];
    const rates: SearchFinding['rates'] = [];
    for (const [index, lossRatio] of lossRatios.entries()) {
      const attempt = (load: number, isConfirmation: boolean) => runTrial(atRate(experiment, load, isConfirmation), load);
      const start = predicted.rates[index]?.pps || 1000;
      const { highest, limitedBy } = await bisectRate({ lossRatio, start, most: mostPps, resolution, confirmations, trials: known, attempt });
      rates.push({ lossRatio, pps: highest, limitedBy });
    }
    const isSpaced = isWired && host.receivePath !== 'software-nic';
    const burst = isSpaced ? null : await longestBurstWithout(predicted, (load) => runTrial(inBursts(experiment, host, Math.round(load)), load));
    state.found = { rates, burst, effectiveBufferPackets: effectiveBufferPackets(burst, predicted), trials };
    save();
    return state;
  } finally {
    bench.close();
  }
}

/** The longest burst without loss, by bisection. */
async function longestBurstWithout(
  { burstPackets }: SearchPrediction,
  attempt: (load: number) => Promise<RateTrial>,
): Promise<NonNullable<SearchFinding['burst']>> {
  const start = Math.min(longestBurst, burstPackets ?? longestBurst);
  const { highest } = await bisectRate({ lossRatio: 0, start, most: longestBurst, resolution, confirmations, trials: [], attempt });
  const packets = highest === null ? null : Math.round(highest);
  return { packets, isAtLeast: packets !== null && packets >= longestBurst };
}

function effectiveBufferPackets(burst: SearchFinding['burst'], { burstPackets, bufferPackets }: SearchPrediction): number | null {
  if (!burst || burst.packets === null || burst.isAtLeast || burstPackets === null) return null;
  return (burst.packets * bufferPackets) / burstPackets;
}

/** What the model expects of a search: the knees, and the burst that fills the buffer while the reader takes its share of what comes. */
export function predictSearch(experiment: Experiment, host: Host, lossRatios: readonly number[]): SearchPrediction {
  const { sources, receiver, payloadBytes } = experiment;
  const flood = predict({ ...experiment, sources: sources.slice(0, 1).map((source) => bursting(source, host, { offeredPps: null })) }, host);
  const lostShare = 1 - flood.deliveredPps / (flood.offeredPps ?? Number.NaN);
  const bufferPackets = socketBufferPackets(receiver.socketBufferBytes, payloadBytes, host);
  return {
    rates: lossRatios.map((lossRatio) => ({ lossRatio, pps: kneePps(experiment, host, lossRatio) })),
    burstPackets: lostShare > 1e-6 ? bufferPackets / lostShare : null,
    bufferPackets,
  };
}

function atRate(experiment: Experiment, pps: number, isConfirmation: boolean): Experiment {
  const id = `${experiment.id.slice(0, 44)}-at-${Math.round(pps)}`;
  return { ...withOfferedPps(experiment, pps), id, ...(isConfirmation ? {} : { durationS: Math.min(trialS, experiment.durationS) }) };
}

/** A source that sends bursts. The wire of a software NIC spaces its packets evenly, so that there a program sends in its place. */
function bursting(source: Source, { receivePath }: Host, pace: Partial<Source>): Source {
  return { ...source, ...(receivePath === 'software-nic' ? { kind: 'socket' as const } : {}), ...pace };
}

function inBursts(experiment: Experiment, host: Host, packets: number): Experiment {
  const [first] = experiment.sources;
  if (!first) throw new RangeError('search: experiment.sources must hold a source, got none');
  const id = `${experiment.id.slice(0, 44)}-burst-${packets}`;
  return { ...experiment, id, sources: [bursting(first, host, { batchPackets: packets, offeredPps: packets * burstsPerSecond })], durationS: trialS };
}

/** Loss over the whole run, from start to drain: what is still queued is not lost. The window may end just before a batch of each source. */
function trialOf({ experiment: { sources }, plan: { wirePps }, outcome }: Run, load: number): RateTrial {
  const { offeredPackets = 0, deliveredPackets = 0, offeredPps, seconds } = outcome;
  const plannedPps = sources.reduce((sum, source) => sum + (source.offeredPps ?? Number.NaN), 0);
  // The wire sends no batches.
  const batchesPps =
    sources.reduce((sum, { batchPackets }, index) => sum + (wirePps?.[index] == null ? batchPackets : 1), 0) / (seconds ?? Number.NaN);
  return {
    load,
    lossRatio: offeredPackets > 0 ? 1 - deliveredPackets / offeredPackets : 1,
    isReached: (offeredPps ?? 0) + batchesPps >= reached * plannedPps,
  };
}
