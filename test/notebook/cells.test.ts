import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { check, interruptSignal, markdown, progress, progressLine, show, table, tableHtml, tableText } from '../../src/notebook/index.js';
import { svg } from '../../src/plot/index.js';

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const rows = [
  { name: '<b>', pps: 1_234_567, share: 0.5, isLive: true },
  { name: 'pinned', pps: 366_636, share: Number.NaN, isLive: false },
];
const columns = [
  { label: 'configuration', value: 'name' as const },
  { label: 'delivered', value: (row: (typeof rows)[number]) => row.pps / 1000, unit: 'k pps' },
  { label: 'share', value: 'share' as const, digits: 2 },
  { label: 'live', value: 'isLive' as const },
];

test('outside a notebook charts, sentences and tables are printed', () => {
  show(svg({ heading: 'Rates', marks: [] }));
  markdown('**367** k pps');
  table(rows, columns);
  expect(printed).toEqual(['[chart] Rates', '**367** k pps', tableText(rows, columns)]);
});

test('show refuses what is no SVG', () => {
  expect(() => show('<p>hello</p>')).toThrow(new TypeError('show: svgText must be SVG text, got "<p>hello</p>"'));
});

test('tableText lines figures up', () => {
  expect(tableText(rows, columns).split('\n')).toEqual([
    'configuration  delivered (k pps)  share  live',
    '-------------  -----------------  -----  ----',
    '<b>                        1,235   0.50  yes',
    'pinned                       367      –  no',
  ]);
});

test('tableHtml escapes text and puts figures on the right', () => {
  const html = tableHtml(rows, columns);
  expect(html).toContain('&lt;b&gt;');
  expect(html).toMatch(/text-align:right[^>]*>1,235</);
  expect(html).toMatch(/text-align:left[^>]*>pinned</);
  expect(tableHtml([{ error: '+3.1 %' }, { error: '–' }], [{ label: 'error', value: 'error' }])).toMatch(/text-align:right[^>]*>\+3\.1 %</);
  expect(() => tableHtml([{ a: {} }], [{ label: 'a', value: (row: { a: object }) => row.a as never }])).toThrow(
    'table: column "a" must hold text, numbers or booleans, got object',
  );
});

test('progressLine says what is known', () => {
  expect(progressLine('pinned', { step: 3, steps: 12, text: 'warming up', rate: 521_000, secondsLeft: 7.2 })).toBe(
    'pinned: 3 of 12, warming up, 521 k pps, 8 s left',
  );
  expect(progressLine('pinned', {})).toBe('pinned');
});

test('progress writes each state once on stderr and ends once', () => {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  const bar = progress('pinned');
  bar.update({ step: 1, steps: 2 });
  bar.update({ step: 1, steps: 2 });
  bar.done('pinned: recorded');
  bar.update({ step: 2, steps: 2 });
  bar.done('again');
  expect(lines.map((line) => line.replace('\r\u001b[K', '').trimEnd())).toEqual(['pinned', 'pinned: 1 of 2', 'pinned: recorded']);
});

test('check prints a line when right and teaches when wrong', () => {
  check('four queues', () => 2 + 2 === 4, 'Count again.');
  expect(printed).toEqual(['✓ four queues']);
  expect(() => check('four queues', false, 'Count again.')).toThrow(new Error('not yet: four queues. Hint: Count again.'));
  const stumble = () => {
    throw new Error('cpus is empty');
  };
  expect(() => check('four queues', stumble, 'Count again.')).toThrow('not yet: four queues. It stopped with: cpus is empty. Hint: Count again.');
  const thrown = (() => {
    try {
      check('four queues', false, 'Count again.');
    } catch (error) {
      return error;
    }
  })();
  expect(inspect(thrown)).toBe('✗ not yet: four queues.\n  Hint: Count again.');
  expect(() => check('four queues', (async () => true) as never, 'Count.')).toThrow(
    'check: condition must be true or false, got a Promise: await it first',
  );
});

test('interruptSignal aborts with each press of the stop button', () => {
  const kernel = new EventTarget();
  const holder = globalThis as Record<symbol, unknown>;
  const key = Symbol.for('million-packets.interrupt');
  holder[key] = kernel;
  try {
    const first = interruptSignal();
    expect(interruptSignal()).toBe(first);
    kernel.dispatchEvent(new Event('interrupt'));
    expect(first.aborted).toBe(true);
    const second = interruptSignal();
    expect(second.aborted).toBe(false);
    kernel.dispatchEvent(new Event('interrupt'));
    expect(second.aborted).toBe(true);
  } finally {
    delete holder[key];
  }
});

test('progressLine rounds steps that are seconds', () => {
  expect(progressLine('pinned', { step: 1.2533456589999996, steps: 2.65 })).toBe('pinned: 1.3 of 2.6');
});
