import { invert, normalMatrix } from './matrix.js';

/** Where a least-squares search ended. */
export interface LeastSquares {
  parameters: number[];
  /** Sum of the squared residuals. */
  cost: number;
  /** Inverse of the normal matrix: covariance when residuals are in standard deviations. */
  covariance: number[][];
}

/**
 * Least squares by Levenberg and Marquardt with a central-difference Jacobian.
 *
 * @param residuals residuals in units of their standard deviation
 * @param start first parameters
 * @param step of the differences; parameters are meant to be logarithms
 */
export function levenbergMarquardt(residuals: (parameters: number[]) => number[], start: number[], step = 1e-4): LeastSquares {
  let parameters = start.slice();
  let values = residuals(parameters);
  let cost = sumOfSquares(values);
  let damping = 1e-2;
  let { normal, gradient } = normalMatrix(jacobian(residuals, parameters, step), values);
  for (let iteration = 0; iteration < 80; iteration++) {
    const damped = normal.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) + 1e-12 : value)));
    const inverse = invert(damped);
    const change = inverse.map((row) => -row.reduce((sum, value, j) => sum + value * (gradient[j] ?? 0), 0));
    const longest = Math.max(...change.map(Math.abs));
    const candidate = parameters.map((value, i) => value + (change[i] ?? 0) * Math.min(1, 0.5 / longest));
    const candidateValues = residuals(candidate);
    const candidateCost = sumOfSquares(candidateValues);
    if (candidateCost < cost) {
      const gain = cost - candidateCost;
      [parameters, values, cost] = [candidate, candidateValues, candidateCost];
      ({ normal, gradient } = normalMatrix(jacobian(residuals, parameters, step), values));
      damping = Math.max(1e-9, damping / 5);
      if (gain < 1e-10) break;
    } else {
      damping *= 4;
      if (damping > 1e9) break;
    }
  }
  return { parameters, cost, covariance: invert(normal) };
}

function jacobian(residuals: (parameters: number[]) => number[], parameters: number[], step: number): number[][] {
  return parameters.map((_, i) => {
    const shifted = (by: number) => residuals(parameters.map((value, j) => (i === j ? value + by : value)));
    const below = shifted(-step);
    return shifted(step).map((value, k) => (value - (below[k] ?? 0)) / (2 * step));
  });
}

function sumOfSquares(values: number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
