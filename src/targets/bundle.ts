import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { HostError } from '../experiment/index.js';
import { packageRoot } from '../records/package-root.js';

/** Packages that the program on a target host imports; what they depend on comes along. */
const packages = ['ajv', 'simple-statistics'];
const addon = 'build/Release/million_packets.node';

let known: { files: string[]; digest: string } | undefined;

/** The kit as it is copied to a target host: compiled sources, the addon and few packages; no compiler is needed there. */
export function bundleDigest(): string {
  return contents().digest;
}

/**
 * Packs the kit.
 *
 * @param withNode whether this machine's own Node.js goes along
 * @returns a stream of a gzipped tar file; its end removes what was made for it
 * @throws {HostError} when the kit is not built
 */
export function bundleStream(withNode: boolean): Readable {
  const { files, digest } = contents();
  const staging = mkdtempSync(path.join(os.tmpdir(), 'mpps-bundle-'));
  const copy = (from: string, to: string) => {
    mkdirSync(path.dirname(path.join(staging, to)), { recursive: true });
    copyFileSync(from, path.join(staging, to));
  };
  for (const file of files) copy(path.join(packageRoot, file), file);
  if (withNode) copy(process.execPath, 'bin/node');
  writeFileSync(path.join(staging, 'bundle.json'), `${JSON.stringify({ digest, architecture: process.arch })}\n`);
  const tar = spawn('tar', ['-czf', '-', '-C', staging, '.'], { stdio: ['ignore', 'pipe', 'ignore'] });
  tar.once('close', () => rmSync(staging, { recursive: true, force: true }));
  tar.once('error', (error) => tar.stdout.destroy(error));
  return tar.stdout;
}

function contents(): { files: string[]; digest: string } {
  if (known) return known;
  for (const file of [addon, 'dist/targets/agent/main.js']) {
    if (!existsSync(path.join(packageRoot, file))) throw new HostError(`hosts: ${file} is not built on this machine; run npm run build (on Linux)`);
  }
  const files = [
    'package.json',
    addon,
    ...below('dist', (name) => name.endsWith('.js')),
    ...packageClosure().flatMap((name) => below(`node_modules/${name}`, (file) => /\.(js|cjs|mjs|json)$/.test(file))),
  ].sort();
  const hash = createHash('sha256');
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(packageRoot, file)));
  known = { files, digest: hash.digest('hex') };
  return known;
}

function below(folder: string, wanted: (name: string) => boolean): string[] {
  return readdirSync(path.join(packageRoot, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && wanted(entry.name))
    .map((entry) => path.relative(packageRoot, path.join(entry.parentPath, entry.name)));
}

function packageClosure(): string[] {
  const found = new Set<string>();
  const add = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    const { dependencies = {} } = JSON.parse(readFileSync(path.join(packageRoot, 'node_modules', name, 'package.json'), 'utf8')) as {
      dependencies?: Record<string, string>;
    };
    for (const dependency of Object.keys(dependencies)) add(dependency);
  };
  for (const name of packages) add(name);
  return [...found];
}
