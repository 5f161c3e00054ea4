#!/usr/bin/env node
// Compiles src/native/*.cc into build/Release/million_packets.node with g++ alone: no node-gyp, no Python.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

const flags = [
  '-std=c++17',
  '-O2',
  '-Wall',
  '-Wextra',
  '-shared',
  '-fPIC',
  '-pthread',
  '-fvisibility=hidden',
  '-DNAPI_VERSION=8',
  '-DNODE_ADDON_API_DISABLE_DEPRECATED',
  '-DNODE_ADDON_API_CPP_EXCEPTIONS',
];

/**
 * Builds the native addon of the package at `root` unless it is up to date.
 *
 * @param {string} root folder that holds package.json
 * @returns {{ built: boolean, usable: boolean, reason: string }} whether it was compiled now, whether a current addon is
 *   there afterwards, and one line (or the compiler's messages) that says why
 */
export function buildNative(root) {
  if (process.platform !== 'linux') return { built: false, usable: false, reason: `the native addon is for Linux only, this is ${process.platform}` };

  const sourceFolder = join(root, 'src', 'native');
  const outputFolder = join(root, 'build', 'Release');
  const addon = join(outputFolder, 'million_packets.node');
  const stamp = join(outputFolder, 'million_packets.sha256');
  const includes = headerFolders(root);
  const digest = digestOf(sourceFolder, includes);
  if (existsSync(addon) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) {
    return { built: false, usable: true, reason: 'up to date' };
  }
  if (spawnSync('g++', ['--version']).error) {
    return { built: false, usable: false, reason: 'g++ is missing: install the Debian package g++, then npm run build' };
  }

  mkdirSync(outputFolder, { recursive: true });
  // Written beside and renamed, so that a process that loads the addon never sees half of it.
  const unfinished = `${addon}.${process.pid}`;
  const sources = files(sourceFolder, '.cc').map((file) => join(sourceFolder, file));
  const compiler = spawnSync('g++', [...flags, ...includes.flatMap((folder) => ['-isystem', folder]), ...sources, '-o', unfinished], {
    encoding: 'utf8',
  });
  if (compiler.status !== 0) {
    rmSync(unfinished, { force: true });
    return { built: false, usable: false, reason: `g++ failed:\n${compiler.stderr}` };
  }
  renameSync(unfinished, addon);
  writeFileSync(stamp, digest);
  return { built: true, usable: true, reason: compiler.stderr.trim() || `compiled ${sources.length} files` };
}

function headerFolders(root) {
  const require = createRequire(join(root, 'package.json'));
  return ['node-api-headers', 'node-addon-api'].map((name) => {
    const folder = dirname(require.resolve(`${name}/package.json`));
    return name === 'node-api-headers' ? join(folder, 'include') : folder;
  });
}

function digestOf(sourceFolder, includes) {
  const hash = createHash('sha256').update(flags.join(' ')).update(process.arch);
  for (const file of files(sourceFolder, '.cc', '.h')) hash.update(file).update(readFileSync(join(sourceFolder, file)));
  for (const folder of includes) hash.update(readFileSync(join(folder, folder.endsWith('include') ? '../package.json' : 'package.json')));
  return hash.digest('hex');
}

function files(folder, ...endings) {
  return readdirSync(folder)
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .sort();
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  const { usable, reason } = buildNative(join(dirname(fileURLToPath(import.meta.url)), '..'));
  console.log(`native addon: ${reason}`);
  // Everything but measuring works without the addon, so only a compiler's failure is a failure here.
  process.exitCode = !usable && reason.startsWith('g++ failed') ? 1 : 0;
}
