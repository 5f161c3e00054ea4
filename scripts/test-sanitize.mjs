// npm run test:sanitize: the native core as a program without Node (test/native/standalone), under AddressSanitizer with
// UndefinedBehaviorSanitizer, and under ThreadSanitizer. Takes a minute or two, so it is no part of npm test.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './prepare.mjs';

const sanitizers = {
  address: ['-fsanitize=address,undefined', '-fno-sanitize-recover=undefined'],
  thread: ['-fsanitize=thread'],
};
const source = path.join(root, 'src/native');
const output = path.join(root, 'build/sanitize');

/** Sources of the native core: those that do not know Node. */
function coreSources() {
  const text = (file) => readFileSync(path.join(source, file), 'utf8');
  const files = readdirSync(source);
  const knowsNode = (file) => [file, file.replace('.cc', '.h')].some((name) => files.includes(name) && text(name).includes('<napi.h>'));
  return files.filter((file) => file.endsWith('.cc') && !knowsNode(file)).map((file) => path.join(source, file));
}

function compile(name, flags) {
  const program = path.join(output, `standalone-${name}`);
  const sources = [...coreSources(), path.join(root, 'test/native/standalone/main.cc')];
  const { status, error } = spawnSync(
    'g++',
    ['-std=c++17', '-O1', '-g', '-Wall', '-Wextra', '-pthread', ...flags, `-I${source}`, ...sources, '-o', program],
    {
      stdio: 'inherit',
    },
  );
  if (error) throw new Error('g++ is missing: install the Debian package g++');
  return status === 0 ? program : null;
}

let [passed, failed] = [0, 0];
mkdirSync(output, { recursive: true });
for (const [name, flags] of Object.entries(sanitizers)) {
  console.log(`== ${name} sanitizer`);
  const program = compile(name, flags);
  // ThreadSanitizer of older compilers needs memory where address randomisation may put something else.
  const { status, stdout = '' } = program
    ? spawnSync('setarch', ['-R', program], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
    : { status: 1 };
  process.stdout.write(stdout);
  const bad = stdout.split('\n').filter((line) => line.startsWith('NOT OK')).length;
  passed += stdout.split('\n').filter((line) => line.startsWith('ok')).length;
  // A report of the sanitizer, or a crash, is a failure of its own.
  failed += Math.max(bad, status === 0 ? 0 : 1);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
