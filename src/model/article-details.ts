import type { Experiment } from '../experiment/experiment.js';

/** One configuration of the article: what was run, what was printed, and what is not known. One file in data/article/. */
export interface ArticleDetail {
  experiment: Experiment;
  published: {
    /** Every printed line, in packets per second recovered from its megabit column. */
    lines: number[];
    /** Mean of the lines, else the figure of the prose. */
    value: number;
    low: number;
    high: number;
    /** The article says "up to" or "at best". */
    upTo?: true;
    counters: { name: string; pps: number; where: string }[];
    /** What the article says, in our words, each with its number. */
    claims: string[];
    commands: { sender: string; receiver: string } | null;
    /** Numbers that the fit of the costs looks at. */
    figures: { name: string; value: number; relativeSpread: number }[];
  };
  /** Configurations of one group hold one independent piece of evidence and are left out of a fit together. */
  group: string;
  role: ArticleRole;
  /** Contradictions and choices that a reader must know. */
  notes: string[];
}

/**
 * What a small error proves: `fitted` helped to set the costs, `reproduced` is the only evidence for one of them and so
 * proves nothing, `heldOut` was never looked at.
 */
export type ArticleRole = 'fitted' | 'reproduced' | 'heldOut';
