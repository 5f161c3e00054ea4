/** A transition of a Markov chain in continuous time: from state, to state, rate above 0. */
export type Transition = readonly [from: number, to: number, rate: number];

/**
 * Stationary probabilities of a Markov chain in continuous time, states 0 to `states` - 1, each of which reaches a lower
 * one directly. Elimination after Grassmann, Taksar and Heyman inside the band of the transitions: no subtraction, so
 * that the smallest probabilities keep their digits.
 *
 * Source: Grassmann, Taksar and Heyman, Operations Research 33 (1985).
 */
export function stationaryDistribution(states: number, transitions: readonly Transition[]): number[] {
  const band = transitions.reduce((widest, [from, to]) => Math.max(widest, Math.abs(from - to)), 0);
  // Row by row, each as wide as the band on both sides: the rate from i to j stands at row(i) + j.
  const rates = new Float64Array(states * (2 * band + 1));
  const row = (state: number) => state * 2 * band + band;
  for (const [from, to, rate] of transitions) rates[row(from) + to] = (rates[row(from) + to] ?? 0) + rate;
  const leaving = new Float64Array(states);
  for (let state = states - 1; state > 0; state--) {
    const lowest = Math.max(0, state - band);
    const leavingRow = row(state);
    let down = 0;
    for (let lower = lowest; lower < state; lower++) down += rates[leavingRow + lower] ?? 0;
    leaving[state] = down;
    for (let from = lowest; from < state; from++) {
      const fromRow = row(from);
      const share = (rates[fromRow + state] ?? 0) / down;
      if (share === 0) continue;
      for (let to = lowest; to < state; to++) rates[fromRow + to] = (rates[fromRow + to] ?? 0) + share * (rates[leavingRow + to] ?? 0);
    }
  }
  const weights = [1];
  for (let state = 1; state < states; state++) {
    let inflow = 0;
    for (let from = Math.max(0, state - band); from < state; from++) inflow += (weights[from] ?? 0) * (rates[row(from) + state] ?? 0);
    let weight = inflow / (leaving[state] ?? 1);
    if (weight > 1e200) {
      for (let lower = 0; lower < state; lower++) weights[lower] = (weights[lower] ?? 0) / weight;
      weight = 1;
    }
    weights.push(weight);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
