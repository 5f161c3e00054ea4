// npm test: prepares, then types, lint, unit and property tests, every notebook, and one measurement in real namespaces.
// Closes with `N passed, N failed`, where each check below and each test counts as one.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { prepare, root } from './prepare.mjs';

const tsc = path.join(root, 'node_modules/typescript/bin/tsc');
const node = (...argv) => spawnSync(process.execPath, argv, { cwd: root, stdio: 'inherit' }).status === 0;
const checks = {
  'types of sources and tests': () => node(tsc, '--noEmit', '-p', 'test/tsconfig.json'),
  'types of browser scripts': () => node(tsc, '-p', 'src/explore/browser'),
  'types of notebook cells': () => node('scripts/notebooks-to-ts.mjs') && node(tsc, '-p', 'test/notebook/tsconfig.cells.json'),
  'JSON Schemas are current': () => node('scripts/generate-schemas.mjs', '--check'),
  lint: () => node('node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
};

await prepare({ browser: true });
let [passed, failed, skipped] = [0, 0, 0];
for (const [name, check] of Object.entries(checks)) {
  const good = check();
  console.log(`${good ? 'ok' : 'NOT OK'}: ${name}`);
  if (good) passed++;
  else failed++;
}

const report = path.join(root, '.mpps/vitest.json');
mkdirSync(path.dirname(report), { recursive: true });
rmSync(report, { force: true });
const green = node(
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
);
try {
  const results = JSON.parse(readFileSync(report, 'utf8'));
  passed += results.numPassedTests;
  failed += results.numFailedTests;
  skipped += results.numPendingTests;
  // A file that does not even load has no tests to count.
  if (!green && results.numFailedTests === 0) failed++;
} catch {
  console.error('test: vitest left no report');
  failed++;
}
console.log(`${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`);
process.exit(failed ? 1 : 0);
