import type { LoadBand } from './load-band.js';
import type { RunScore, Score, Scores } from './score.js';

/** One line of a table of scores. */
export type ScoreRow = Score & Partial<RunScore> & { group: string };

const bandNames: Record<LoadBand, string> = {
  below: 'paced below 0.8 of the predicted knee',
  near: 'paced within ±20 % of the knee',
  above: 'paced above 1.2 of the knee',
  flood: 'flood',
};
const stageNames = { source: 'sent by the source', softirq: 'served by the softirq', reader: 'delivered by the reader' } as const;

/** Scores as rows for tables: kinds of evidence, and the groups of the registered runs. Groups without runs are left out. */
export function scoreRows({ registered, fitted, heldOut }: Scores): {
  evidence: ScoreRow[];
  bands: ScoreRow[];
  stages: ScoreRow[];
  counters: ScoreRow[];
  hosts: ScoreRow[];
  sets: ScoreRow[];
} {
  const { bands, stages, counters, hosts, sets } = registered;
  const rows = (groups: Record<string, Score>, nameOf = (name: string) => name): ScoreRow[] =>
    Object.entries(groups)
      .filter(([, { count }]) => count > 0)
      .map(([name, score]) => ({ group: nameOf(name), ...score }));
  return {
    evidence: [
      { group: 'registered before a run', ...registered },
      { group: 'article, seen by the fit', ...fitted },
      { group: 'article, not seen by the fit', ...heldOut },
    ],
    bands: rows(bands, (band) => bandNames[band as LoadBand]),
    stages: rows(stages, (stage) => stageNames[stage as keyof typeof stageNames]),
    counters: rows(counters),
    hosts: rows(hosts),
    sets: rows(sets),
  };
}
