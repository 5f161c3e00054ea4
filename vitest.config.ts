import { defineConfig } from 'vitest/config';

/** Tests that make namespaces, hold the machine's lock or look for what others left behind. */
const alone = ['cli', 'host', 'lab', 'native', 'sweep', 'targets'].map((room) => `test/${room}/**/*.test.ts`).concat('test/notebook/kernel.test.ts');
const limits = { testTimeout: 60_000, hookTimeout: 60_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { ...limits, name: 'side by side', include: ['test/**/*.test.ts'], exclude: alone, maxWorkers: 2, sequence: { groupOrder: 0 } } },
      { test: { ...limits, name: 'alone', include: alone, maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
});
