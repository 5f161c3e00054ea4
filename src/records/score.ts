import { median } from 'simple-statistics';
import type { Run } from '../experiment/index.js';
import { type Article, articleTable } from '../model/index.js';
import { isAsRegistered } from './registration.js';

/** How good a set of predictions was. Figures are null where there is nothing to score. */
export interface Score {
  count: number;
  /** Median and largest |predicted / observed − 1|. */
  medianAbsError: number | null;
  worstAbsError: number | null;
}

/** Scores that are never mixed: predictions registered before runs, figures that the fit saw, figures that it did not see. */
export interface Scores {
  registered: Score & {
    /** Share of runs inside their own registered 90 % interval. */
    coverage90: number | null;
    /** Runs left out because their registration was changed afterwards. */
    changed: number;
  };
  fitted: Score;
  /** Held-out figures, and the fitted ones as predicted by a fit that never saw their group. */
  heldOut: Score;
}

/** Scores the article's figures and a set of runs. Runs made for calibration are never scored, nor are those that no longer are as registered. */
export function score(article: Article, runs: readonly Run[], isUnchanged: (run: Run) => boolean = isAsRegistered): Scores {
  const { rows } = articleTable(article);
  const scored = runs.filter(({ purpose }) => purpose === 'scored');
  const valid = scored.filter(isUnchanged);
  const inside = valid.filter(
    ({ prediction: { delivered }, outcome: { deliveredPps } }) => delivered.low <= deliveredPps && deliveredPps <= delivered.high,
  );
  return {
    registered: {
      ...scoreOf(valid.map(({ prediction, outcome }) => prediction.deliveredPps / outcome.deliveredPps - 1)),
      coverage90: valid.length ? inside.length / valid.length : null,
      changed: scored.length - valid.length,
    },
    fitted: scoreOf(rows.filter(({ role }) => role === 'fitted').map(({ error }) => error)),
    heldOut: scoreOf(rows.flatMap(({ role, error, looError }) => (role === 'heldOut' ? [error] : looError === null ? [] : [looError]))),
  };
}

function scoreOf(errors: readonly number[]): Score {
  const sizes = errors.map(Math.abs);
  return { count: sizes.length, medianAbsError: sizes.length ? median(sizes) : null, worstAbsError: sizes.length ? Math.max(...sizes) : null };
}
