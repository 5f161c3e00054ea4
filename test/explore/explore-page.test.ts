import type { Browser, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { explorePage } from '../../src/explore/explore-page.js';
import { explorables } from '../../src/explore/index.js';
import { withChromium } from './chromium.js';

const html = explorePage();

/** Opens the page as a reader would, from a file; whatever the console says is kept. */
async function open(browser: Browser, options: NonNullable<Parameters<Browser['newPage']>[0]>): Promise<{ page: Page; said: string[] }> {
  const page = await browser.newPage(options);
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('request', (request) => said.push(`asked for ${request.url()}`));
  await page.setContent(html);
  return { page, said };
}

const screens = [
  { name: 'a desktop', options: { viewport: { width: 1280, height: 900 } } },
  { name: 'a phone', options: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true } },
  { name: 'a dark desktop without motion', options: { viewport: { width: 900, height: 900 }, colorScheme: 'dark', reducedMotion: 'reduce' } },
] as const;

describe.each(screens)('the page on $name', ({ options }) => {
  test('follows the keyboard, fits the screen, loads nothing and complains about nothing', async (context) => {
    await withChromium(context, async (browser) => {
      const { page, said } = await open(browser, options);
      for (const { name } of explorables) {
        const root = page.locator(`[data-explorable="${name}"]`);
        const slider = root.locator('input[type=range]').first();
        const shown = async () => [
          await root.locator('output').first().textContent(),
          await root.locator('.picture').innerHTML(),
          await root.locator('.card').innerHTML(),
        ];
        const before = await shown();
        await slider.focus();
        for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
        await expect.poll(async () => (await shown())[1]).not.toBe(before[1]);
        const after = await shown();
        expect(after[0]).not.toBe(before[0]);
        expect(after[2]).not.toBe(before[2]);
        expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid');
        await root.locator('button[type=reset]').click();
        await expect.poll(shown).toEqual(before);
      }
      expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
      expect(said).toEqual([]);
    });
  });
});

test('what is typed wrong is refused in one line, and the picture stays', async (context) => {
  await withChromium(context, async (browser) => {
    const { page } = await open(browser, screens[0].options);
    const root = page.locator('[data-explorable=hashing]');
    const picture = await root.locator('.picture').innerHTML();
    await root.getByLabel('destination address').fill('<b>no</b>');
    await root.locator('.refusal').waitFor();
    expect(await root.locator('.refusal').textContent()).toContain('must be an IPv4 or IPv6 address, got "<b>no</b>"');
    expect(await root.locator('.picture').innerHTML()).toBe(picture);
  });
});

test('a browser draws what Node drew, to the last digit', async (context) => {
  await withChromium(context, async (browser) => {
    const withoutScript = (await open(browser, { javaScriptEnabled: false, viewport: { width: 760 + 32, height: 900 } })).page;
    const { page } = await open(browser, { viewport: { width: 760 + 32, height: 900 } });
    for (const { name } of explorables) {
      const picture = `[data-explorable="${name}"] .picture`;
      expect(await page.locator(picture).innerHTML()).toBe(await withoutScript.locator(picture).innerHTML());
    }
  });
});

test('the page is one small file that names nothing outside', () => {
  expect(html.match(/(?:src|href)=|url\(|@import/g)).toBeNull();
  expect(html.length).toBeLessThan(300_000);
});
