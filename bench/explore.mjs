// Frames of the explorables in headless Chromium: one slider dragged to and fro, model, picture and layout together, against the
// 16 ms that a smooth drag leaves. Median of a drag, and its slowest frame in twenty.
import { chromium } from 'playwright-core';
import { explorePage } from '../dist/explore/explore-page.js';
import { explorables } from '../dist/explore/index.js';
import { findChromium } from '../scripts/find-chromium.mjs';

const frameMs = 16;
const rounds = 5;
const framesInRound = 60;

export default async function bench() {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('bench: explore needs Chromium; on Debian: sudo apt-get install chromium');
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.setContent(explorePage());
    const times = Object.fromEntries(explorables.map(({ name }) => [name, []]));
    for (const name of Object.keys(times)) await drag(page, name);
    for (let round = 0; round < rounds; round++) for (const name of Object.keys(times)) times[name].push(await drag(page, name));
    const medians = Object.entries(times).map(([name, drags]) => [name, drags.map((ms) => at(ms, 0.5)).sort((a, b) => a - b)]);
    return {
      name: `explore, ${frameMs} ms against a frame`,
      rounds,
      ratios: Object.fromEntries(
        medians.map(([name, ms]) => [name, { median: frameMs / at(ms, 0.5), low: frameMs / ms[ms.length - 1], high: frameMs / ms[0] }]),
      ),
      notes: medians.map(
        ([name, ms]) => `${name}: ${at(ms, 0.5).toFixed(1)} ms a frame, one in twenty above ${at(times[name].flat(), 0.95).toFixed(1)} ms`,
      ),
    };
  } finally {
    await browser.close();
  }
}

/** Milliseconds of each frame while the first slider of an explorable is dragged up and down. */
function drag(page, name) {
  return page.evaluate(
    async ([selector, frames]) => {
      const root = document.querySelector(selector);
      const slider = root.querySelector('input[type=range]');
      const { min, max } = slider;
      const times = [];
      for (let frame = 0; frame < frames; frame++) {
        const share = Math.abs(1 - (2 * frame) / frames);
        times.push(
          await new Promise((resolve) => {
            let started = 0;
            // Callbacks of one frame run in the order in which they were asked for: the drawing lies between these two.
            requestAnimationFrame(() => {
              started = performance.now();
            });
            slider.value = String(Number(min) + share * (max - min));
            slider.dispatchEvent(new Event('input', { bubbles: true }));
            requestAnimationFrame(() => {
              root.getBoundingClientRect();
              resolve(performance.now() - started);
            });
          }),
        );
      }
      return times;
    },
    [`[data-explorable="${name}"]`, framesInRound],
  );
}

function at(values, share) {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)];
}
