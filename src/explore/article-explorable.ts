import type { CostName, Host } from '../experiment/index.js';
import { expectedExplanation } from '../model/explain/expected-explanation.js';
import { assess } from '../model/predict/assess.js';
import { expectedOutcome } from '../model/predict/expected-outcome.js';
import { formatError } from '../plot/format-error.js';
import { formatPercent } from '../plot/format-percent.js';
import { type ArticleBar, articleBars } from './article-bars.js';
import { bottleneckCard } from './bottleneck-card.js';
import { costControls, hostWithSettings } from './cost-controls.js';
import type { Explorable } from './explorable.js';
import type { ArticleCase } from './explore-data.js';

const costs: CostName[] = [
  'softirqNs',
  'readNs',
  'handOverNs',
  'wakeUpNs',
  'producerContentionNs',
  'readerContentionNs',
  'remoteLineRatio',
  'remoteLoadPerMpps',
  'siblingSpeedRatio',
  'softirqDropRatio',
  'sendNs',
];

/** The whole article: published against predicted for costs that the reader sets. */
export const articleExplorable: Explorable = {
  name: 'article-table',
  title: 'Every configuration of the article at once',
  question: 'Which costs does the article pin down, and which could be anything?',
  invitation: 'Make the softirq cheaper and see which rows move, which stay, and which stage limits them then.',
  usesArticle: true,
  controls: ({ host, cases }) => [
    ...costControls(host, costs, 6),
    {
      kind: 'choice',
      name: 'row',
      label: 'explain the row',
      options: cases.map(({ experiment }) => ({ value: experiment.id, label: experiment.title })),
      initial: cases.find(({ experiment }) => experiment.sources.length > 1)?.experiment.id ?? '',
    },
  ],
  draw(settings, widthPx, { host, cases }) {
    const set = hostWithSettings(host, costs, settings);
    const fitted = predictionsFor(cases, host);
    const bars = predictionsFor(cases, set).map(
      (prediction, index): ArticleBar => ({
        ...(cases[index] as ArticleCase),
        ...prediction,
        isChosen: cases[index]?.experiment.id === settings.row,
        fitted: fitted[index] ?? prediction,
      }),
    );
    const chosen = cases.find(({ experiment }) => experiment.id === settings.row);
    return {
      svg: articleBars(bars, widthPx, summary(bars)),
      card: `<p>${summary(bars)}</p>${chosen ? bottleneckCard(chosen.experiment.title, expectedExplanation(chosen.experiment, set)) : ''}`,
    };
  },
};

type Predictions = Pick<ArticleBar, 'predictedPps' | 'limiting'>[];

/** Predictions for the fitted costs, which stay the same while a reader drags. */
const known = new WeakMap<Host, Predictions>();

function predictionsFor(cases: readonly ArticleCase[], host: Host): Predictions {
  const kept = known.get(host);
  if (kept?.length === cases.length) return kept;
  const predictions = cases.map(({ experiment }) => {
    const { deliveredPps, bottleneck } = expectedOutcome(assess(experiment, host), experiment, host);
    return { predictedPps: deliveredPps, limiting: bottleneck ?? 'none' };
  });
  known.set(host, predictions);
  return predictions;
}

function summary(bars: readonly (ArticleCase & { predictedPps: number })[]): string {
  const errors = bars.map(({ predictedPps, published }) => predictedPps / published.value - 1);
  const sizes = errors.map(Math.abs).sort((a, b) => a - b);
  const unseen = bars.filter(({ role }) => role === 'heldOut').map(({ experiment }) => experiment.title);
  const worst = errors.findIndex((error) => Math.abs(error) === sizes[sizes.length - 1]);
  return `Over ${bars.length} configurations the prediction is off by ${formatPercent(sizes[Math.floor(sizes.length / 2)] ?? 0)} in the median and by ${formatError(errors[worst] ?? 0)} at worst (${bars[worst]?.experiment.title ?? ''}). Never seen by the fit: ${unseen.join('; ') || 'none'}.`;
}
