import { type Host, HostError, type Run, withCosts } from '../experiment/index.js';
import { keepsUp } from '../model/index.js';

/** Offered load of a run relative to the knee that the model predicts: below 0.8, within ±20 %, above 1.2; a flood offers whatever it can. */
export type LoadBand = 'below' | 'near' | 'above' | 'flood';

/** Bands in the order of load. */
export const loadBands: readonly LoadBand[] = ['below', 'near', 'above', 'flood'];

/** The knee of mean speeds. How much is lost below it in stalls depends on how the machine was that minute. */
function withoutStalls(host: Host): Host {
  return host.costs.stallNs ? withCosts(host, { stallNs: 0 }) : host;
}

/** The band of a run; null where this version of the model cannot express it. */
export function loadBand({ experiment, host }: Pick<Run, 'experiment' | 'host'>): LoadBand | null {
  const plannedPps = experiment.sources.reduce((sum, { offeredPps }) => sum + (offeredPps ?? Number.POSITIVE_INFINITY), 0);
  if (plannedPps === Number.POSITIVE_INFINITY) return 'flood';
  try {
    const mean = withoutStalls(host);
    if (keepsUp(experiment, mean, plannedPps / 0.8)) return 'below';
    return keepsUp(experiment, mean, plannedPps / 1.2) ? 'near' : 'above';
  } catch (error) {
    if (error instanceof HostError) return null;
    throw error;
  }
}
