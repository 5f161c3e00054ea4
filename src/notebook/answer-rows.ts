import { median } from 'simple-statistics';
import type { Experiment, Outcome, Run } from '../experiment/index.js';
import { predict } from '../model/index.js';
import type { Answer } from '../plot/index.js';
import { article } from '../records/article.js';

/** What is known about one question of a lesson. */
export interface AnswersTo {
  /** An experiment of the article. */
  experiment: Experiment;
  simulated: Outcome;
  /** Runs of it on one machine; none when no machine at hand could run it. */
  runs: readonly Run[];
}

/**
 * Every answer to one experiment: predicted, simulated and published for the article's host; registered and measured for the machine that ran it.
 * @throws {RangeError} when the article has no such experiment
 */
export function answerRows({ experiment, simulated, runs }: AnswersTo): Answer[] {
  const published = article.published[experiment.id];
  if (!published) throw new RangeError(`answerRows: experiment.id must be one of ${Object.keys(article.published).join(', ')}, got ${experiment.id}`);
  const onArticleHost = [
    row("the article's host", 'predicted', predict(experiment, article.host)),
    row("the article's host", 'simulated', simulated),
    row("the article's host", 'published', published),
  ];
  const last = runs[runs.length - 1];
  if (!last) return onArticleHost;
  const measured = runs.map(({ outcome }) => outcome.deliveredPps);
  const registered = runs.map(({ prediction }) => prediction);
  return [
    ...onArticleHost,
    {
      ...row(machineName(last), 'predicted', last.prediction, 'registered before'),
      pps: median(registered.map(({ deliveredPps }) => deliveredPps)),
      low: Math.min(...registered.map(({ delivered }) => delivered.low)),
      high: Math.max(...registered.map(({ delivered }) => delivered.high)),
    },
    {
      ...row(machineName(last), 'measured', last.outcome, runs.length === 1 ? 'measured' : `measured, median of ${runs.length}`),
      pps: median(measured),
      low: Math.min(...measured),
      high: Math.max(...measured),
      range: 'range of the runs',
    },
  ];
}

function row(host: string, kind: Answer['kind'], { deliveredPps, delivered }: Outcome, title: string = kind): Answer {
  const range = delivered.kind === 'observed' ? 'range of the lines' : `${Math.round(100 * delivered.level)} % ${delivered.kind} interval`;
  return { id: `${host} ${kind}`, title, kind, host, pps: deliveredPps, low: delivered.low, high: delivered.high, range };
}

function machineName({ host }: Run): string {
  return `a machine with ${host.cpus.length} CPUs`;
}
