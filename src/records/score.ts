import { mean, median, sum } from 'simple-statistics';
import { HostError, type Interval, type Losses, type Run } from '../experiment/index.js';
import { type Article, articleTable, atSpeed, expectedPps, speedRatio, studentT } from '../model/index.js';
import { type LoadBand, loadBand, loadBands } from './load-band.js';
import { machineOf } from './machine-of.js';
import { isAsRegistered } from './registration.js';
import { wilsonInterval } from './wilson-interval.js';

/** How good a set of predictions was. Figures are null where there is nothing to score. */
export interface Score {
  count: number;
  /** Median and largest |predicted / observed − 1|. */
  medianAbsError: number | null;
  worstAbsError: number | null;
}

/** How good the predictions of a set of runs were. */
export interface RunScore extends Score {
  /** Share of runs inside their own registered 90 % interval. */
  coverage90: number | null;
  /** 95 % interval of the probability to lie inside, for so many runs. */
  coverageInterval: Interval | null;
}

/** Registered predictions against their runs, and the same runs in groups. */
export interface RegisteredScore extends RunScore {
  /** Runs left out because their registration was changed afterwards. */
  changed: number;
  /** By offered load relative to the predicted knee; floods, which have none, by themselves. */
  bands: Record<LoadBand, RunScore>;
  /** Rate behind each stage: sent by the source, served by the softirq, delivered by the reader. */
  stages: Record<'source' | 'softirq' | 'reader', Score>;
  /** Drop counters: |predicted − counted| as a share of what was offered, since most of them are 0. */
  counters: Record<string, Score>;
  /** Of the runs that lost more than 2 %: how many lost most where the prediction says. */
  lossPlace: { count: number; right: number };
  /** Why predictions do not follow the speed of the CPUs as it is probed just before a run. */
  speedAdjusted: SpeedAdjustment;
  hosts: Record<string, RunScore>;
  /** By folder of the records; empty where the folders are not known. */
  sets: Record<string, RunScore>;
}

/** What scaling the costs by the probed speed of the CPUs would have made of the predictions. */
export interface SpeedAdjustment {
  count: number;
  medianAbsError: number | null;
  adjustedMedianAbsError: number | null;
  /**
   * How much of the scaling the runs show: least-squares slope of log(measured / predicted) over log(scaled / predicted), through their means, with a
   * 95 % interval. 1 where runs follow the probe, 0 where it says nothing; null for fewer than three runs or speeds that never differed.
   */
  followed: { value: number; low: number; high: number } | null;
}

/** Scores that are never mixed: predictions registered before runs, figures that the fit saw, figures that it did not see. */
export interface Scores {
  registered: RegisteredScore;
  fitted: Score;
  /** Held-out figures, and the fitted ones as predicted by a fit that never saw their group. */
  heldOut: Score;
}

/** What is known of runs beside their records. */
export interface ScoreOptions {
  /** Folder that each run was read from. */
  sets?: ReadonlyMap<Run, string>;
  isUnchanged?: (run: Run) => boolean;
}

/** Losses from this share of the offered packets on must be named at the right place. */
const tellingLoss = 0.02;

/** Scores the article's figures and a set of runs. Runs made for calibration are never scored, nor are those that no longer are as registered. */
export function score(article: Article, runs: readonly Run[], { sets, isUnchanged = isAsRegistered }: ScoreOptions = {}): Scores {
  const { rows } = articleTable(article);
  const scored = runs.filter(({ purpose }) => purpose === 'scored');
  const valid = scored.filter(isUnchanged);
  const byBand = grouped(valid, loadBand);
  return {
    registered: {
      ...runScore(valid),
      changed: scored.length - valid.length,
      bands: Object.fromEntries(loadBands.map((band) => [band, runScore(byBand.get(band) ?? [])])) as RegisteredScore['bands'],
      stages: stageScores(valid),
      counters: counterScores(valid),
      lossPlace: lossPlace(valid),
      speedAdjusted: speedAdjusted(valid),
      hosts: scoresOf(grouped(valid, ({ host }) => machineOf(host))),
      sets: sets ? scoresOf(grouped(valid, (run) => sets.get(run) ?? null)) : {},
    },
    fitted: scoreOf(rows.filter(({ role }) => role === 'fitted').map(({ error }) => error)),
    heldOut: scoreOf(rows.flatMap(({ role, error, looError }) => (role === 'heldOut' ? [error] : looError === null ? [] : [looError]))),
  };
}

function runScore(runs: readonly Run[]): RunScore {
  const inside = runs.filter(
    ({ prediction: { delivered }, outcome: { deliveredPps } }) => delivered.low <= deliveredPps && deliveredPps <= delivered.high,
  ).length;
  return {
    ...scoreOf(runs.map(({ prediction, outcome }) => prediction.deliveredPps / outcome.deliveredPps - 1)),
    coverage90: runs.length ? inside / runs.length : null,
    coverageInterval: runs.length ? wilsonInterval(inside, runs.length) : null,
  };
}

function scoreOf(errors: readonly number[]): Score {
  const sizes = errors.map(Math.abs);
  return { count: sizes.length, medianAbsError: sizes.length ? median(sizes) : null, worstAbsError: sizes.length ? Math.max(...sizes) : null };
}

function grouped<Key>(runs: readonly Run[], keyOf: (run: Run) => Key | null): Map<Key, Run[]> {
  const groups = new Map<Key, Run[]>();
  for (const run of runs) {
    const key = keyOf(run);
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return groups;
}

function scoresOf(groups: ReadonlyMap<string, Run[]>): Record<string, RunScore> {
  return Object.fromEntries([...groups].map(([name, runs]) => [name, runScore(runs)]));
}

function stageScores(runs: readonly Run[]): RegisteredScore['stages'] {
  const serviced = ({ queues }: Run['outcome']) => queues.reduce((sum, { servicedPps }) => sum + servicedPps, 0);
  const errors = (rate: (outcome: Run['outcome']) => number) =>
    scoreOf(runs.filter(({ outcome }) => rate(outcome) > 0).map(({ prediction, outcome }) => rate(prediction) / rate(outcome) - 1));
  return { source: errors(({ offeredPps }) => offeredPps ?? 0), softirq: errors(serviced), reader: errors(({ deliveredPps }) => deliveredPps) };
}

/** Places of loss and counters that both the prediction and the run know. */
function counterScores(runs: readonly Run[]): Record<string, Score> {
  const names = ['InErrors', 'RcvbufErrors', 'rx_nodesc_drop_cnt'];
  const places: (keyof Losses)[] = ['nicRing', 'backlog', 'socketBuffer'];
  const errors = (pick: (outcome: Run['outcome']) => number | undefined) =>
    scoreOf(
      runs.flatMap(({ prediction, outcome }) => {
        const [predicted, counted] = [pick(prediction), pick(outcome)];
        return predicted === undefined || counted === undefined || !outcome.offeredPps ? [] : [(predicted - counted) / outcome.offeredPps];
      }),
    );
  const all = [
    ...names.map((name) => [name, errors(({ countersPps }) => countersPps[name])] as const),
    ...places.map((place) => [place, errors(({ lossesPps }) => lossesPps[place])] as const),
  ];
  return Object.fromEntries(all.filter(([, { count }]) => count > 0));
}

function lossPlace(runs: readonly Run[]): { count: number; right: number } {
  const telling = runs.filter(({ outcome }) => {
    const lost = Object.values(outcome.lossesPps).reduce((sum, pps) => sum + pps, 0);
    return lost > tellingLoss * (outcome.offeredPps ?? Number.POSITIVE_INFINITY);
  });
  return {
    count: telling.length,
    right: telling.filter(({ prediction, outcome }) => largest(prediction.lossesPps) === largest(outcome.lossesPps)).length,
  };
}

/** Place of the largest loss; null where nothing is lost. */
function largest(losses: Losses): string | null {
  const [place, pps] = Object.entries(losses).reduce((most, entry) => (entry[1] > most[1] ? entry : most), ['', 0]);
  return pps > 0 ? place : null;
}

/** Only what was probed before a run can be used for its prediction. */
function speedAdjusted(runs: readonly Run[]): SpeedAdjustment {
  const pairs = runs.flatMap(({ experiment, host, plan, prediction, outcome, cpuSpeeds }) => {
    const ratio = speedRatio({ host, plan, ...(cpuSpeeds && { cpuSpeeds: { before: cpuSpeeds.before, after: [] } }) });
    if (ratio === null) return [];
    try {
      // The same model twice, so that a model that has changed since the registration does not count as a change of speed.
      const factor = expectedPps(experiment, atSpeed(host, ratio)) / expectedPps(experiment, host);
      return [{ factor, error: prediction.deliveredPps / outcome.deliveredPps }];
    } catch (error) {
      if (error instanceof HostError) return [];
      throw error;
    }
  });
  return {
    count: pairs.length,
    medianAbsError: scoreOf(pairs.map(({ error }) => error - 1)).medianAbsError,
    adjustedMedianAbsError: scoreOf(pairs.map(({ error, factor }) => error * factor - 1)).medianAbsError,
    followed: slopeOf(pairs.map(({ factor, error }) => [Math.log(factor), -Math.log(error)])),
  };
}

/** Least-squares slope with its 95 % interval. */
function slopeOf(points: readonly (readonly [number, number])[]): SpeedAdjustment['followed'] {
  const { length } = points;
  if (length < 3) return null;
  const [x, y] = [mean(points.map(([at]) => at)), mean(points.map(([, value]) => value))];
  const squares = sum(points.map(([at]) => (at - x) ** 2));
  if (!(squares > 1e-9)) return null;
  const value = sum(points.map(([at, other]) => (at - x) * (other - y))) / squares;
  const rest = sum(points.map(([at, other]) => (other - y - value * (at - x)) ** 2));
  const reach = studentT(0.975, length - 2) * Math.sqrt(rest / (length - 2) / squares);
  return { value, low: value - reach, high: value + reach };
}
