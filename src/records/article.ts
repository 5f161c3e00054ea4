import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from '../experiment/outcome.js';
import { parseExperiment } from '../experiment/parse-experiment.js';
import { parseHost } from '../experiment/parse-host.js';
import type { ArticleDetail } from '../model/article-details.js';
import type { Article } from '../model/article-table.js';
import type { ArticleFit } from '../model/fit/article-fit.js';
import { packageRoot } from './package-root.js';

/** The thirteen configurations, in the order in which the article meets them. */
const ids = [
  'naive',
  'pinned',
  'two-senders-one-ip',
  'place-same-node',
  'place-same-cpu',
  'place-ht-sibling',
  'place-other-node',
  'two-ips',
  'many-queues-one-reader',
  'two-threads-one-socket',
  'reuseport-four',
  'aligned-four',
  'aligned-other-node',
];

/**
 * The article as data: its experiments, its host with fitted costs, its figures as Outcomes, the raw files, and the fit.
 * Files of data/article/ are read at the first use of a part, not on import.
 */
export const article: Article = {
  get details(): Article['details'] {
    return keep('details', Object.fromEntries(ids.map((id) => [id, detail(id)])));
  },
  get experiments(): Article['experiments'] {
    return keep('experiments', Object.fromEntries(ids.map((id) => [id, article.details[id]?.experiment ?? missing(id)])));
  },
  get host(): Article['host'] {
    return keep('host', parseHost(read('host.json'), 'data/article/host.json'));
  },
  get published(): Article['published'] {
    return keep('published', Object.fromEntries(ids.map((id) => [id, publishedOutcome(article.details[id] ?? missing(id))])));
  },
  get fit(): ArticleFit {
    return keep('fit', read('fit.json') as ArticleFit);
  },
};

/** Replaces a getter by its value, so that every use sees the same object. */
function keep<Name extends keyof Article>(name: Name, value: Article[Name]): Article[Name] {
  Object.defineProperty(article, name, { value, enumerable: true });
  return value;
}

function detail(id: string): ArticleDetail {
  const file = read(`${id}.json`) as ArticleDetail;
  return { ...file, experiment: parseExperiment(file.experiment, `data/article/${id}.json`) };
}

function publishedOutcome({ experiment, published, notes }: ArticleDetail): Outcome {
  return {
    kind: 'published',
    experiment: experiment.id,
    host: article.host.name,
    seconds: null,
    offeredPps: null,
    deliveredPps: published.value,
    delivered: { low: published.low, high: published.high, level: 1, kind: 'observed' },
    lossesPps: lossesOf(published.counters),
    bottleneck: null,
    queues: [],
    sockets: [],
    cpus: [],
    countersPps: Object.fromEntries(published.counters.map(({ name, pps }) => [name, pps])),
    notes,
  };
}

function lossesOf(counters: ArticleDetail['published']['counters']): Outcome['lossesPps'] {
  const ppsOf = (name: string) => counters.find((counter) => counter.name === name)?.pps;
  const nicRing = ppsOf('rx_nodesc_drop_cnt');
  const socketBuffer = ppsOf('InErrors');
  return { ...(nicRing === undefined ? {} : { nicRing }), ...(socketBuffer === undefined ? {} : { socketBuffer }) };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(path.join(packageRoot, 'data/article', name), 'utf8'));
}

function missing(id: string): never {
  throw new Error(`article: data/article/${id}.json is missing`);
}
