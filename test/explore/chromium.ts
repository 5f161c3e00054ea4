import { type Browser, chromium } from 'playwright-core';
import type { TestContext } from 'vitest';
import { findChromium } from '../../scripts/find-chromium.mjs';

/** Runs `use` with a headless Chromium and closes it; skips the test where none is installed. */
export async function withChromium(context: TestContext, use: (browser: Browser) => Promise<void>): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === null) return context.skip('No Chromium is installed here; on Debian: sudo apt-get install chromium');
  // A sandbox of its own needs a user that is not root; these pages are ours and load nothing.
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    await use(browser);
  } finally {
    await browser.close();
  }
}
