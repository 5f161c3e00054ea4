/** What a trial at some load showed. */
export interface RateTrial {
  /** Load that was asked for: packets per second, or packets in a burst. */
  load: number;
  /** Share of the packets that were lost. */
  lossRatio: number;
  /** Whether the source reached that load. */
  isReached: boolean;
}

/** Where a bisection ended. */
export interface BisectedRate {
  /** Highest load that was confirmed; null where none was. */
  highest: number | null;
  /** What keeps it from going higher; `end`: nothing up to the highest load that may be tried. */
  limitedBy: 'loss' | 'source' | 'end';
}

/** How to bisect. */
export interface BisectOptions {
  lossRatio: number;
  /** First load to try. */
  start: number;
  /** Highest load to try. */
  most: number;
  /** Relative width of the bracket at which to stop. */
  resolution: number;
  /** Trials that a load must pass once more, the median of them. */
  confirmations: number;
  /** Earlier trials, also of other loss ratios: they narrow the bracket. New ones are added. */
  trials: RateTrial[];
  attempt: (load: number, isConfirmation: boolean) => Promise<RateTrial>;
}

const growth = 1.3;
/** Step down from a load that was not confirmed. */
const retreat = 0.95;
const mostTrials = 24;

/**
 * Highest load whose loss stays within a ratio, by bisection with confirmation: a load counts only when the median of further, full-length trials
 * passes too, because a single short trial may be lucky.
 *
 * Source: throughput in the sense of RFC 2544 section 26.1, extended to loss ratios above 0, and the repeated tests of RFC 9004 section 5.
 */
export async function bisectRate(options: BisectOptions): Promise<BisectedRate> {
  const { lossRatio, most, resolution, trials, attempt } = options;
  const passes = (trial: RateTrial) => trial.isReached && trial.lossRatio <= lossRatio;
  const bracket = () => {
    const high = Math.min(Number.POSITIVE_INFINITY, ...trials.filter((trial) => !passes(trial)).map(({ load }) => load));
    // A pass above a failure was luck: the lower one counts.
    return { low: Math.max(0, ...trials.filter((trial) => passes(trial) && trial.load < high).map(({ load }) => load)), high };
  };
  for (let number = 0; number < mostTrials; number++) {
    const { low, high } = bracket();
    if (low >= most || (low > 0 && high / low <= 1 + resolution)) break;
    if (low === 0 && high <= 1) break;
    const next =
      low === 0
        ? high === Number.POSITIVE_INFINITY
          ? options.start
          : high / growth
        : high === Number.POSITIVE_INFINITY
          ? low * growth
          : Math.sqrt(low * high);
    trials.push(await attempt(Math.min(most, next), false));
  }
  const { low, high } = bracket();
  const stop = trials.find(({ load }) => load === high);
  const limitedBy = !stop ? 'end' : stop.lossRatio <= lossRatio ? 'source' : 'loss';
  for (let load = low, round = 0; load > 0 && round < 5; load *= retreat, round++) {
    const again: RateTrial[] = [];
    for (let n = 0; n < options.confirmations; n++) again.push(await attempt(load, true));
    const passed = again.filter(passes).length;
    if (2 * passed > again.length) return { highest: load, limitedBy };
  }
  return { highest: null, limitedBy };
}
