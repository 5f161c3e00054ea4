import type { OccupancyEstimate } from './occupancy-estimate.js';

/** Monte Carlo estimate from the number of bins that each draw hit. */
export function estimateOccupancy(draws: number, bins: number, busyInDraw: () => number): OccupancyEstimate {
  const counts = new Array<number>(bins + 1).fill(0);
  for (let draw = 0; draw < draws; draw++) {
    const busy = busyInDraw();
    counts[busy] = (counts[busy] ?? 0) + 1;
  }
  const busyProbabilities = counts.map((count) => count / draws);
  return {
    method: 'monte-carlo',
    draws,
    busyProbabilities,
    standardErrors: busyProbabilities.map((probability) => Math.sqrt((probability * (1 - probability)) / draws)),
    meanBusy: busyProbabilities.reduce((sum, probability, busy) => sum + busy * probability, 0),
  };
}
