import { expect, test } from 'vitest';
import { altText, formatError, formatKpps, formatPercent, image, predictedVersusMeasuredScatter, svg } from '../../src/plot/index.js';
import { placeLabels } from '../../src/plot/place-labels.js';
import { wrapText } from '../../src/plot/wrap-text.js';

test.each([
  [366_636, '367'],
  [1_400_000, '1,400'],
  [14_880_952, '14,881'],
  [46_900, '46.9'],
  [1_234, '1.23'],
  [0, '0'],
  [-12_345, '−12.3'],
  [99_960, '100'],
])('formatKpps(%d) is %s', (pps, text) => {
  expect(formatKpps(pps)).toBe(text);
});

test('formatPercent never shows a small share as zero', () => {
  expect([0, 0.0004, -0.0004, 0.052, 0.9].map(formatPercent)).toEqual(['0 %', '<0.1 %', '−<0.1 %', '5.2 %', '90 %']);
});

test('formatError keeps the sign', () => {
  expect([0.031, -0.0161, 0.0001, 0.21, Number.NaN].map(formatError)).toEqual(['+3.1 %', '−1.6 %', '0.0 %', '+21 %', '–']);
});

test('image carries the text of the chart', () => {
  const text = svg({ heading: 'a "b" <c>', marks: [] });
  expect(altText(text)).toBe('a "b" <c>');
  expect(image(text)).toMatch(/^<img alt="a &quot;b&quot; &lt;c&gt;" src="data:image\/svg\+xml;base64,[\w+/=]+">$/);
  expect(image(text, 'other')).toContain('alt="other"');
});

test('wrapText keeps words whole and marks what it cut', () => {
  expect(wrapText('socket buffer', 70, 12, 2)).toEqual(['socket', 'buffer']);
  expect(wrapText('one two three four five six', 60, 12, 2).at(-1)).toMatch(/…$/);
});

test('placeLabels keeps names of close points apart', () => {
  const points = Array.from({ length: 12 }, (_, index) => ({ xPx: 300 + index * 3, yPx: 200 + index * 2, text: `experiment ${index}` }));
  const labels = placeLabels(points, { left: 0, right: 760, top: 0, bottom: 560 }, 11);
  for (const one of labels) {
    for (const other of labels) {
      if (one !== other && Math.abs(one.textYPx - other.textYPx) < 13) expect(Math.abs(one.textXPx - other.textXPx)).toBeGreaterThan(70);
    }
  }
});

test('the scatter names what logarithmic axes cannot show', () => {
  const row = { id: 'a', title: 'Pinned', predictedPps: 5e5, low: 0, high: 6e5, measured: [4.8e5, 0, 5.1e5] };
  const text = predictedVersusMeasuredScatter([row, { ...row, id: 'b', title: 'Livelock', predictedPps: 0, measured: [0, 0] }]);
  expect(text).toContain('0 pps, not drawn: Livelock');
  expect(altText(text)).toContain('Livelock is 0 and not drawn.');
  expect(text).not.toMatch(/NaN|Infinity/);
});
