import { mean, sampleStandardDeviation } from 'simple-statistics';
import { type Experiment, type Host, HostError, type Run, type Stability, StabilityError, type Study, type StudyPlan } from '../experiment/index.js';
import { plan as planExperiment, studentT } from '../model/index.js';
import { readRuns } from '../records/read-runs.js';
import { planStudy, readStudyPlan, writeStudyPlan } from '../records/study-plan.js';
import { takeLock } from './lock.js';
import { openStudyBench, type StudyBench } from './study-bench.js';

/** Fewest runs from which an experiment may count as known well enough. */
const fewestRuns = 3;

/** Seconds around the traffic of one run: starting two processes, draining, writing. */
const overheadS = 1.2;

/** What is going on, for progress displays. */
export interface StudyProgress {
  text: string;
  /** Packets per second delivered now; null where no run is under way. */
  deliveredPps: number | null;
  secondsLeft: number;
}

/** How to carry out a study; all but the folder may be left out. */
export interface StudyOptions {
  /** Where its plan and its runs go: a folder of its own. */
  folder: string;
  /** What the runs are made with; this machine unless a test says otherwise. */
  openBench?: (signal: AbortSignal | undefined) => StudyBench;
  /** Told what this machine cannot express, with the reason. */
  onRefused?: (experiment: Experiment, reason: string) => void;
  /** Told how stable the machine is. */
  onStability?: (stability: Stability) => void;
  /** Told after the first calibration of this sitting. */
  onCalibrated?: (host: Host) => void;
  onRun?: (run: Run) => void;
  onProgress?: (progress: StudyProgress) => void;
  signal?: AbortSignal | undefined;
}

/** What a study has come to. */
export interface StudyState {
  plan: StudyPlan;
  /** Finished runs of this and of earlier sittings, oldest first. */
  runs: Run[];
  /** Runs of the plan that are still to be made. */
  missingRuns: number;
  /** Ids of experiments whose interval was narrow enough before all their repeats were made. */
  precise: string[];
  /** Why it ended: nothing is missing, or the minutes were up. */
  ended: 'complete' | 'time';
}

/**
 * Carries out a study: looks whether the machine is stable, then block by block calibrates and runs each experiment once in a shuffled order, so
 * that a slow phase of the machine falls on all alike. Every prediction is registered before its run and every run is recorded when it ends.
 * The state of a study is its folder: what lies there as a finished record is never run again, so that a study can be killed anywhere and
 * called again.
 *
 * @param experiments those that `study.experiments` names
 * @throws {StabilityError} when the machine is not stable and the gate says `refuse`
 * @throws {HostError} when this machine cannot run the lab, or none of the experiments
 * @throws {InputError} when the folder holds another study
 * @throws {DOMException} named AbortError when the signal fires; what was finished is kept
 */
export async function study(study: Study, experiments: readonly Experiment[], options: StudyOptions): Promise<StudyState> {
  const { folder, openBench = openStudyBench, onProgress = () => {}, signal } = options;
  const startMs = performance.now();
  // Two sittings at once would run the same experiment twice.
  const lock = await takeLock({ waitS: 0, name: `\0million-packets.study.${folder}` });
  const bench = openBench(signal);
  try {
    const host = await bench.host();
    const plan = planStudy(
      study,
      experiments.filter((experiment) => isExpressible(experiment, host, options.onRefused)),
      readStudyPlan(folder),
    );
    if (plan.experiments.length === 0) throw new HostError(`study ${study.id}: this machine can express none of its experiments`);
    let state = stateOf(plan, finishedRuns(plan, folder, host));
    if (state.missingRuns === 0) return state;
    const stability =
      study.gate === 'off'
        ? null
        : await bench.checkStability((text) => onProgress({ text, deliveredPps: null, secondsLeft: secondsOf(state, bench) }));
    if (stability) options.onStability?.(stability);
    if (stability?.reasons.length && study.gate === 'refuse')
      throw new StabilityError(`study ${study.id}: not on this machine now: ${stability.reasons.join('; ')}`);
    plan.sittings.push({ startedAt: new Date().toISOString(), stability });
    writeStudyPlan(folder, plan);
    const isTimeUp = (nextS: number) => study.minutes !== null && (performance.now() - startMs) / 1000 + nextS > study.minutes * 60;
    let isFirst = true;
    for (const [block, ids] of plan.blocks.entries()) {
      const missing = ids.filter((id) => isMissing(state, id, block));
      if (missing.length === 0) continue;
      if (isTimeUp(bench.calibrationS(isFirst))) return { ...state, ended: 'time' };
      const calibrated = await bench.calibrate(isFirst, ({ text, secondsLeft }) =>
        onProgress({
          text: `calibrating, ${text}`,
          deliveredPps: null,
          secondsLeft: secondsLeft + runsS(state) + laterCalibrationsS(state, bench, block),
        }),
      );
      if (isFirst) options.onCalibrated?.(calibrated);
      isFirst = false;
      for (const id of missing) {
        const experiment = plan.experiments.find((candidate) => candidate.id === id) as Experiment;
        if (isTimeUp(runS(experiment))) return { ...state, ended: 'time' };
        const done = state.runs.length + 1;
        const run = await bench.measure(experiment, {
          host: calibrated,
          folder,
          facts: { study: study.id, studyBlock: block, noiseFloor: stability?.noiseFloor ?? null },
          onProgress: ({ step, elapsedS, totalS, deliveredPps }) =>
            onProgress({
              text: `run ${done} of ${done - 1 + state.missingRuns}: ${id}, ${step}`,
              deliveredPps,
              secondsLeft: Math.max(0, runsS(state) + laterCalibrationsS(state, bench, block) - Math.min(elapsedS, totalS)),
            }),
        });
        options.onRun?.(run);
        state = stateOf(plan, [...state.runs, run]);
      }
    }
    return state;
  } finally {
    bench.close();
    await lock.release();
  }
}

/** Finished runs of a plan in its folder. Records of other hosts, receive paths or experiments may lie there too; they do not count. */
function finishedRuns(plan: StudyPlan, folder: string, host: Host): Run[] {
  const texts = new Map(plan.experiments.map((experiment) => [experiment.id, JSON.stringify(experiment)]));
  const isHere = (other: Host) => other.name === host.name && other.receivePath === host.receivePath;
  return readRuns(folder).runs.filter((run) => isHere(run.host) && texts.get(run.experiment.id) === JSON.stringify(run.experiment));
}

function stateOf(plan: StudyPlan, runs: Run[]): StudyState {
  const state: StudyState = { plan, runs, missingRuns: 0, precise: [], ended: 'complete' };
  for (const { id } of plan.experiments) {
    const made = runs.filter(({ experiment }) => experiment.id === id).length;
    if (made < plan.blocks.length && isPrecise(state, id)) state.precise.push(id);
    else state.missingRuns += Math.max(0, plan.blocks.length - made);
  }
  return state;
}

/** The repeats of an experiment are alike: its n-th run is missing when fewer than n are there. */
function isMissing(state: StudyState, id: string, block: number): boolean {
  return !state.precise.includes(id) && state.runs.filter(({ experiment }) => experiment.id === id).length <= block;
}

/** Says whether the confidence interval of an experiment's mean is as narrow as the plan wants it. */
function isPrecise({ plan, runs }: StudyState, id: string): boolean {
  const rates = runs.filter(({ experiment }) => experiment.id === id).map(({ outcome }) => outcome.deliveredPps);
  if (plan.precision === null || rates.length < fewestRuns) return false;
  const halfWidth = (studentT(0.975, rates.length - 1) * sampleStandardDeviation(rates)) / Math.sqrt(rates.length);
  return halfWidth <= plan.precision * mean(rates);
}

function isExpressible(experiment: Experiment, host: Host, onRefused: StudyOptions['onRefused']): boolean {
  try {
    planExperiment(experiment, host);
    return true;
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    onRefused?.(experiment, error.message);
    return false;
  }
}

function runS({ warmUpS, durationS }: Experiment): number {
  return warmUpS + durationS + overheadS;
}

/** Seconds of all missing runs. */
function runsS(state: StudyState): number {
  return state.plan.blocks.reduce(
    (total, ids, block) =>
      total +
      state.plan.experiments.reduce(
        (sum, experiment) => sum + (ids.includes(experiment.id) && isMissing(state, experiment.id, block) ? runS(experiment) : 0),
        0,
      ),
    0,
  );
}

function laterCalibrationsS(state: StudyState, bench: StudyBench, block: number): number {
  return (
    state.plan.blocks.slice(block + 1).filter((ids, later) => ids.some((id) => isMissing(state, id, block + 1 + later))).length *
    bench.calibrationS(false)
  );
}

function secondsOf(state: StudyState, bench: StudyBench): number {
  return runsS(state) + laterCalibrationsS(state, bench, -1) - bench.calibrationS(false) + bench.calibrationS(true);
}
