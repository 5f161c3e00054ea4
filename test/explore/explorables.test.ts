import fc from 'fast-check';
import { DOMParser } from 'linkedom';
import { describe, expect, test } from 'vitest';
import type { Control, Settings } from '../../src/explore/control.js';
import { type Explorable, explorableHtml, explorables, exploreData } from '../../src/explore/index.js';
import { initialSettings } from '../../src/explore/initial-settings.js';
import { textWidthPx } from '../../src/plot/text-width.js';
import { article } from '../../src/records/article.js';
import { requireWellFormed } from '../plot/require-picture.js';

const data = exploreData(article, true);
const widths = [320, 360, 619, 620, 760, 1100];

/** Anything that a reader may set. */
function settingsOf(controls: readonly Control[]): fc.Arbitrary<Settings> {
  return fc.record(
    Object.fromEntries(
      controls.map((control): [string, fc.Arbitrary<number | string>] => {
        if (control.kind === 'text') return [control.name, fc.constant(control.initial)];
        if (control.kind === 'choice') return [control.name, fc.constantFrom(...control.options.map(({ value }) => value))];
        const { low, high, step } = control;
        if (step === 1) return [control.name, fc.integer({ min: low, max: high })];
        return [control.name, fc.oneof(fc.constant(low), fc.constant(high), fc.double({ min: low, max: high, noNaN: true }))];
      }),
    ),
  );
}

/** Texts that would stick out of the picture, by the width that they may take at most. */
function textsOutside(svg: string, widthPx: number): string[] {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  return [...(root?.querySelectorAll('text') ?? [])].flatMap((text) => {
    const style = text.getAttribute('class') ?? '';
    const fontPx = style.includes('tiny') ? 9 : style.includes('small') ? 11 : 12;
    const takenPx = textWidthPx(text.textContent ?? '', fontPx) * 0.95;
    const anchor = text.getAttribute('text-anchor') ?? 'start';
    const leftPx = Number(text.getAttribute('x')) - (anchor === 'end' ? takenPx : anchor === 'middle' ? takenPx / 2 : 0);
    return leftPx < -6 || leftPx + takenPx > widthPx + 6 ? [`${text.textContent} at ${leftPx}`] : [];
  });
}

function requireDrawing(explorable: Explorable, settings: Settings, widthPx: number): void {
  const { svg, card } = explorable.draw(settings, widthPx, data);
  requireWellFormed(svg);
  expect(svg).toMatch(/^<svg [^>]*role="img" aria-label="[^"]+"/);
  for (const text of [svg, card]) expect(/NaN|undefined|Infinity|\bnull\b/.exec(text)?.[0]).toBeUndefined();
  expect(textsOutside(svg, widthPx)).toEqual([]);
}

describe.each(explorables.map((explorable) => [explorable.name, explorable] as const))('%s', (_name, explorable) => {
  const controls = explorable.controls(data);

  test.each(widths)('draws at first, %i pixels wide', (widthPx) => requireDrawing(explorable, initialSettings(controls), widthPx));

  test('draws whatever a reader sets', () => {
    fc.assert(
      fc.property(settingsOf(controls), fc.constantFrom(...widths), (settings, widthPx) => requireDrawing(explorable, settings, widthPx)),
      { numRuns: 30 },
    );
  }, 120_000);

  test('is complete without a script, each control with a label of its own', () => {
    const html = explorableHtml(explorable, data);
    expect(html).toContain('<svg');
    const ids = [...html.matchAll(/<(?:input|select)[^>]* id="([^"]+)"/g)].map(([, id]) => id);
    expect(ids.length).toBe(controls.length);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(html).toContain(`<label for="${id}">`);
  });
});

describe('the controls change what is drawn', () => {
  test.each(
    explorables.flatMap((explorable) => explorable.controls(data).map((control) => [explorable.name, control.name, explorable, control] as const)),
  )('%s: %s', (_explorable, _control, explorable, control) => {
    const controls = explorable.controls(data);
    // Where a control can matter at all: overload, several threads with sockets of their own.
    const initial: Settings = {
      ...initialSettings(controls),
      ...(explorable.name === 'packet-path' ? { offeredPps: 1.6e6, queues: 3, readers: 3, sockets: 'hash' } : {}),
    };
    const drawn = (value: number | string) => JSON.stringify(explorable.draw({ ...initial, [control.name]: value }, 760, data));
    const values =
      control.kind === 'range' ? [control.low, control.high] : control.kind === 'choice' ? control.options.map(({ value }) => value) : ['1.2.3.4'];
    if (control.kind === 'text')
      expect(drawn(control.name.endsWith('Port') ? '9' : '1.2.3.4')).not.toBe(JSON.stringify(explorable.draw(initial, 760, data)));
    else expect(new Set(values.map(drawn)).size).toBe(values.length);
  });
});

test('an address that is none is refused in one line', () => {
  const hashing = explorables.find(({ name }) => name === 'hashing');
  expect(() => hashing?.draw({ ...initialSettings(hashing.controls(data)), destinationAddress: '192.168.254.' }, 760, data)).toThrow(
    'rxQueue: flow.destinationAddress must be an IPv4 or IPv6 address, got "192.168.254."',
  );
});
