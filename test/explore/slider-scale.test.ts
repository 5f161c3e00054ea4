import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RangeControl } from '../../src/explore/control.js';
import { sliderScale } from '../../src/explore/slider-scale.js';

const control = (low: number, ratio: number, scale: 'linear' | 'log'): RangeControl => ({
  kind: 'range',
  name: 'cost',
  label: 'cost',
  low,
  high: low * ratio,
  initial: low,
  scale,
  format: String,
});

test('every value of a slider has a place on it and comes back from there', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
      fc.double({ min: 1.1, max: 1e4, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom('linear' as const, 'log' as const),
      (low, ratio, share, scale) => {
        const { min, max, positionOf, valueAt } = sliderScale(control(low, ratio, scale));
        const value = low * ratio ** share;
        const position = positionOf(value);
        expect(position).toBeGreaterThanOrEqual(min - 1e-9 * Math.abs(min));
        expect(position).toBeLessThanOrEqual(max * (1 + 1e-9));
        expect(valueAt(position) / value).toBeCloseTo(1, 9);
      },
    ),
  );
});
