import { expect, it } from 'vitest';
import { cpuShares } from '../../src/lab/cpu-shares.js';

const idle = { cpu: 0, user: 100, system: 100, softirq: 100, irq: 0, idle: 100, iowait: 0, steal: 0 };

it('shares out the time between two readings', () => {
  expect(cpuShares([idle], [{ ...idle, user: 110, system: 130, softirq: 145, irq: 5, idle: 105, iowait: 3, steal: 2 }])).toEqual([
    { cpu: 0, softirq: 0.5, system: 0.3, user: 0.1, steal: 0.02, idle: 0.08 },
  ]);
});

it('leaves out a CPU that was not there before, and bears an idle time that runs backwards', () => {
  expect(cpuShares([idle], [{ ...idle, cpu: 1 }])).toEqual([]);
  expect(cpuShares([idle], [{ ...idle, idle: 99, user: 200 }])[0]).toMatchObject({ idle: 0, user: 1 });
});
