import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { findSweep } from '../../src/cli/find-sweep.js';
import { planSweep } from '../../src/sweep/index.js';

const names = readdirSync(path.resolve(import.meta.dirname, '../../data/sweeps')).map((name) => path.basename(name, '.yaml'));

it.each(names)('%s is named after its file, says what it is, and every point is an Experiment', async (name) => {
  const { sweep, setting } = await findSweep(name);
  expect(sweep.id).toBe(name);
  expect(sweep.title).not.toBe('');
  expect(planSweep(sweep, setting).length).toBeGreaterThan(20);
});
