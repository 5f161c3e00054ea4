// Makes a fresh clone ready: npm packages, system packages, compiled TypeScript, native addon. Plain Node, no packages,
// because nothing is installed yet when it runs. Idempotent; prints each change; touches nothing outside the repository
// except through the system's package manager.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import readline from 'node:readline/promises';
import { findChromium } from './find-chromium.mjs';
import { findJupyter } from './open-jupyter.mjs';

export const root = path.resolve(import.meta.dirname, '..');

/** Programs that come from the system, what for, and the Debian packages that bring them. */
const needs = {
  compile: [{ program: 'g++', packages: ['g++'] }],
  lab: [
    { program: 'ip', packages: ['iproute2'] },
    { program: 'iptables', packages: ['iptables'] },
  ],
  slow: [{ program: 'clang', packages: ['clang', 'libc6-dev', 'linux-libc-dev'] }],
  hosts: [
    { program: 'ssh', packages: ['openssh-client'] },
    { program: 'sshd', packages: ['openssh-server'] },
  ],
  slurm: [
    { program: 'slurmctld', packages: ['slurm-wlm'] },
    { program: 'munged', packages: ['munge'] },
  ],
  jupyter: [{ program: 'jupyter-notebook', packages: ['jupyter-notebook', 'jupyter-nbconvert'], isThere: () => findJupyter() !== null }],
  browser: [{ program: 'chromium', packages: ['chromium', 'fonts-dejavu-core'], isThere: () => findChromium() !== null }],
};

const say = (text) => console.error(`prepare: ${text}`);

/**
 * Prepares everything.
 *
 * @param {{ jupyter?: boolean, browser?: boolean, hosts?: boolean, slow?: boolean, slurm?: boolean }} options with jupyter, a Jupyter that can open notebooks is
 *   prepared too; with browser, a Chromium in which pages are tested; with hosts, an SSH server for the test of target hosts; with slow, what the
 *   slow tests need; with slurm, a Slurm to test sweeps on
 * @returns {Promise<string[]>} what is still missing, one line each with what to do; empty when nothing is
 */
export async function prepare({ jupyter = false, browser = false, hosts = false, slow = false, slurm = false } = {}) {
  requireNode();
  installPackages();
  const purposes = { jupyter, browser, hosts, slow, slurm };
  const missing = await installPrograms(['compile', 'lab', ...Object.keys(purposes).filter((purpose) => purposes[purpose])]);
  await compileTypeScript();
  missing.push(...(await compileAddon()));
  for (const line of missing) say(line);
  return missing;
}

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`prepare: Node.js must be 20.19 or later, this is ${process.versions.node}; install a newer one`);
  process.exit(3);
}

function installPackages() {
  const lock = digest([path.join(root, 'package-lock.json')]);
  const stamp = path.join(root, 'node_modules/.million-packets-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('installing npm packages (npm ci)');
  // Install scripts would only compile what the packages bring ready-made.
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const { status, error } = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) {
    console.error(`prepare: npm ci failed${error ? ` (${error.message})` : ''}; its own message is above`);
    process.exit(1);
  }
  writeFileSync(stamp, lock);
}

async function installPrograms(purposes) {
  if (process.platform !== 'linux') return [];
  const absent = purposes.flatMap((purpose) => needs[purpose]).filter(({ program, isThere = () => isInstalled(program) }) => !isThere());
  if (!absent.length) return [];
  const packages = absent.flatMap((need) => need.packages);
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...packages];
  const byHand = `missing ${absent.map(({ program }) => program).join(', ')}; run: sudo apt-get update && sudo ${install.slice(0, 4).join(' ')} ${packages.join(' ')}`;
  if (!isInstalled('apt-get')) return [byHand.replace(/; run: .*/, `; install the equivalent of the Debian packages ${packages.join(' ')}`)];
  const elevate =
    process.getuid() === 0
      ? []
      : isInstalled('sudo') && (await agreed(`Install the Debian packages ${packages.join(' ')} with sudo?`))
        ? ['sudo']
        : null;
  if (!elevate) return [byHand];
  say(`installing Debian packages ${packages.join(' ')} (a minute or two)`);
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const argv of [
    ['apt-get', 'update', '-qq'],
    [...install, '-qq'],
  ]) {
    const [program, ...rest] = [...elevate, ...argv];
    const { status } = spawnSync(program, rest, { env: environment, stdio: ['inherit', 'ignore', 2] });
    if (status !== 0) return [`${argv.slice(0, 2).join(' ')} failed; ${byHand}`];
  }
  return [];
}

async function agreed(question) {
  if (!process.stdin.isTTY) return false;
  const terminal = readline.createInterface({ input: process.stdin, output: process.stderr });
  const answer = await terminal.question(`${question} [y/N] `);
  terminal.close();
  return /^y/i.test(answer);
}

function isInstalled(program) {
  // System programs are not on every user's PATH.
  const folders = [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(path.join(folder, program)));
}

async function compileTypeScript() {
  const sources = [
    path.join(root, 'tsconfig.json'),
    path.join(root, 'package-lock.json'),
    path.join(root, 'scripts/bundle-browser.mjs'),
    ...filesBelow(path.join(root, 'src'), '.ts'),
  ];
  const stamp = path.join(root, 'dist/.sources');
  const current = digest(sources);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === current) return;
  say('compiling TypeScript');
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  // Not .bin/tsc: tslab's own compiler claims that name.
  const { status } = spawnSync(process.execPath, [path.join(root, 'node_modules/typescript/bin/tsc'), '-p', root], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) {
    console.error('prepare: TypeScript did not compile; its messages are above');
    process.exit(1);
  }
  const { bundleBrowser } = await import('./bundle-browser.mjs');
  await bundleBrowser(root);
  writeFileSync(stamp, current);
}

async function compileAddon() {
  const { buildNative } = await import('./build-native.mjs');
  const { built, usable, reason } = buildNative(root);
  if (built) say(`native sender and receiver: ${reason}`);
  return usable ? [] : [`no native sender and receiver (${reason}); predictions, recorded runs and lessons work without them`];
}

function filesBelow(folder, ending) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .sort()
    .map((name) => path.join(folder, name));
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(path.relative(root, file)).update(readFileSync(file));
  return hash.digest('hex');
}

if (process.argv[1] === import.meta.filename)
  await prepare({ jupyter: process.argv.includes('--jupyter'), browser: process.argv.includes('--browser') });
