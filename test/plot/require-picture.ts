import { DOMParser } from 'linkedom';
import { expect } from 'vitest';

/** Holds what every chart promises: well-formed XML that shows `texts`, no script, white ground, no long numbers, text for screen readers. */
export function requirePicture(svgText: string, texts: readonly string[]): void {
  requireWellFormed(svgText);
  const root = new DOMParser().parseFromString(svgText, 'image/svg+xml').documentElement;
  expect(root?.getAttribute('aria-label')).toBeTruthy();
  const shown = [...(root?.querySelectorAll('text') ?? [])].map((text) => text.textContent).join(' ');
  for (const text of texts) expect(shown).toContain(text);
  expect(svgText).not.toMatch(/<script/i);
  expect(svgText).toContain('fill="#ffffff"');
  const tags = [...svgText.matchAll(/<[^>]*>/g)].map(([tag]) => tag).join('');
  expect(tags.replace(/aria-label="[^"]*"/, '')).not.toMatch(/\d\.\d{4,}|NaN|undefined|Infinity/);
}

/** Refuses what an XML reader would refuse; linkedom forgives it, so the nesting is counted here. */
export function requireWellFormed(svgText: string): void {
  const open: string[] = [];
  const rest = svgText.replace(
    /<(\/?)([A-Za-z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
    (_tag, close: string, name: string, _attributes, empty: string) => {
      if (close === '/') expect(open.pop()).toBe(name);
      else if (empty === '') open.push(name);
      return '';
    },
  );
  expect(open).toEqual([]);
  expect(rest).not.toMatch(/[<]|&(?!amp;|lt;|gt;|quot;|apos;|#\d+;|#x[0-9a-f]+;)/i);
}
