import { describe, expect, it } from 'vitest';
import { progressLine } from '../../src/native/progress-line.js';

// Printed lines of the article, and the packet rates recovered from their megabit column (domain facts, table A.2).
const printed: [number, string][] = [
  [351602, '0.352M pps 10.730MiB / 90.010Mb'],
  [199270, '0.199M pps 6.081MiB / 51.013Mb'],
  [362344, '0.362M pps 11.058MiB / 92.760Mb'],
  [656648, '0.657M pps 20.039MiB / 168.102Mb'],
  [461086, '0.461M pps 14.071MiB / 118.038Mb'],
  [1114340, '1.114M pps 34.007MiB / 285.271Mb'],
  [1146555, '1.147M pps 34.990MiB / 293.518Mb'],
];

describe('progressLine', () => {
  it.each(printed)('prints %i pps of 32 bytes like the article', (pps, line) => {
    expect(progressLine(pps, pps * 32)).toBe(line);
  });

  it('prints nothing received', () => {
    expect(progressLine(0, 0)).toBe('0.000M pps 0.000MiB / 0.000Mb');
  });
});
