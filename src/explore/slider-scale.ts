import type { RangeControl } from './control.js';

/** Positions of a logarithmic slider; an arrow key moves a hundredth of it. */
const positions = 100;

/**
 * The `min`, `max` and `step` of the slider of a control, and the place of its value on it. A logarithmic slider has places of its own.
 * @example
 * sliderScale({ kind: 'range', name: 'a', label: '', low: 1, high: 100, initial: 1, scale: 'log', format: String }).positionOf(10) // => 50
 */
export function sliderScale({ low, high, step, scale }: RangeControl): {
  min: number;
  max: number;
  step: number | 'any';
  positionOf: (value: number) => number;
  valueAt: (position: number) => number;
} {
  if (scale === 'linear') return { min: low, max: high, step: step ?? 'any', positionOf: (value) => value, valueAt: (position) => position };
  const ratio = high / low;
  const rounded = (value: number) => (step === undefined ? value : Math.round(value / step) * step);
  return {
    min: 0,
    max: positions,
    step: 'any',
    positionOf: (value) => (Math.log(value / low) / Math.log(ratio)) * positions,
    valueAt: (position) => rounded(low * ratio ** (position / positions)),
  };
}
