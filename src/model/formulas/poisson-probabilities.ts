/** P(exactly n) of a Poisson variable for n = 0 to `last`. */
export function poissonProbabilities(mean: number, last: number): number[] {
  // A chain of products keeps all digits; logarithms only where it would start at 0.
  let probability = Math.exp(-mean);
  let logProbability = -mean;
  return Array.from({ length: last + 1 }, (_, n) => {
    if (n > 0) {
      probability *= mean / n;
      logProbability += Math.log(mean / n);
    }
    return mean < 700 ? probability : Math.exp(logProbability);
  });
}
