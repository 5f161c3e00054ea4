/**
 * Quantile of Student's t distribution: the value that is exceeded with probability 1 - probability.
 *
 * @param probability above 0.5 and below 1
 * @param freedom degrees of freedom, integer from 1
 * @example Number(studentT(0.975, 7).toFixed(6)) // => 2.364624
 * Source: Abramowitz and Stegun 26.7.3 and 26.7.4 (a finite sum for whole degrees of freedom), inverted by bisection.
 */
export function studentT(probability: number, freedom: number): number {
  if (!(probability > 0.5 && probability < 1)) throw new RangeError(`studentT: probability must be above 0.5 and below 1, got ${probability}`);
  if (!(Number.isInteger(freedom) && freedom >= 1)) throw new RangeError(`studentT: freedom must be an integer from 1, got ${freedom}`);
  let low = 0;
  let high = 1;
  while (within(high, freedom) < 2 * probability - 1) high *= 2;
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (within(middle, freedom) < 2 * probability - 1) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability of lying between -t and t. */
function within(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  const odd = freedom % 2 === 1;
  let term = odd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k < freedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  return odd ? (2 / Math.PI) * (angle + sine * sum) : sine * sum;
}
