// node scripts/capture-guest.mjs KERNEL-PACKAGE FOLDER: boots a guest that is bigger than this machine and saves what its kernel, its tools and the kit
// itself print there, for test/host/fixtures. Eight CPUs on two packages and nodes, hyper-threads, a virtio NIC with RSS on the second node. The guest
// is emulated (TCG), so what it prints is real and what it takes in time means nothing. Needs Debian's apt, ethtool, iproute2 and qemu-system-x86.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { findProgram } from '../dist/host/index.js';
import { bundleStream } from '../dist/targets/bundle.js';

/** What the guest's disk and cards need, in the order of loading; a kernel that has some of it built in ships no such module. */
const modules =
  'virtio_ring virtio virtio_pci_modern_dev virtio_pci_legacy_dev virtio_pci virtio_blk failover net_failover virtio_net pps_core ptp e1000e'.split(
    ' ',
  );
/** Programs that come along from this machine, with their libraries. */
const programs = ['node', 'ethtool', 'ip', 'lscpu'];
const diskBytes = 16 * 2 ** 20;

const [kernelPackage, into] = process.argv.slice(2);
if (!kernelPackage || !into) throw new Error('usage: node scripts/capture-guest.mjs KERNEL-PACKAGE FOLDER, as linux-image-6.1.0-56-amd64 guest-6.1');
for (const program of ['apt-get', 'qemu-system-x86_64', 'unshare', ...programs])
  if (!findProgram(program)) throw new Error(`capture-guest: there is no ${program}; Debian: apt-get install qemu-system-x86 ethtool iproute2`);

const work = mkdtempSync(path.join(os.tmpdir(), 'mpps-guest-'));
const inWork = (...names) => path.join(work, ...names);
const root = inWork('root');
try {
  for (const name of [kernelPackage, 'busybox-static']) {
    run(['apt-get', 'download', '--quiet', '--quiet', name], { cwd: work });
    run(['dpkg-deb', '--extract', inWork(onlyName(work, `${name}_`)), inWork(name)]);
  }
  await fillRoot();
  const archive = run([inWork('busybox-static/bin/busybox'), 'cpio', '-o', '-H', 'newc'], {
    cwd: root,
    input: readdirSync(root, { recursive: true }).join('\n'),
  });
  writeFileSync(inWork('initramfs'), archive);
  writeFileSync(inWork('disk'), Buffer.alloc(diskBytes));
  const kernel = inWork(kernelPackage, 'boot', onlyName(inWork(kernelPackage, 'boot'), 'vmlinuz-'));
  // The tap and whatever is sent over it are in a network namespace that ends with its processes.
  run(['unshare', '--user', '--map-root-user', '--net', process.execPath, path.join(import.meta.dirname, 'capture-guest/boot.mjs'), kernel, work], {
    stdio: 'inherit',
  });
  rmSync(into, { recursive: true, force: true });
  mkdirSync(into, { recursive: true });
  run(['tar', '--extract', '--no-same-owner', '--file', inWork('disk'), '--directory', into]);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function fillRoot() {
  for (const folder of ['bin', 'dev', 'etc', 'kit', 'modules', 'out', 'proc', 'sys', 'tmp']) mkdirSync(path.join(root, folder), { recursive: true });
  cpSync(inWork('busybox-static/bin/busybox'), path.join(root, 'bin/busybox'));
  for (const name of ['init', 'capture.mjs']) cpSync(path.join(import.meta.dirname, 'capture-guest', name), path.join(root, name));
  chmodSync(path.join(root, 'init'), 0o755);
  for (const program of programs) bringProgram(findProgram(program));
  bringModules();
  // The very files that `mpps hosts prepare` copies to another machine.
  await writeFile(inWork('kit.tar.gz'), bundleStream(false));
  run(['tar', '--extract', '--file', inWork('kit.tar.gz'), '--directory', path.join(root, 'kit')]);
}

function bringProgram(file) {
  const libraries = [
    ...run(['ldd', file])
      .toString()
      .matchAll(/(\/\S+) \(0x/g),
  ].map(([, library]) => library);
  cpSync(file, path.join(root, 'bin', path.basename(file)), { dereference: true });
  for (const library of libraries) cpSync(library, path.join(root, library), { dereference: true });
}

function bringModules() {
  const folder = inWork(kernelPackage, 'lib/modules');
  const files = readdirSync(folder, { recursive: true });
  for (const [index, name] of modules.entries()) {
    const file = files.find((each) => path.basename(each).replace(/\.xz$/, '') === `${name}.ko`);
    if (!file) continue;
    const text = file.endsWith('.xz') ? run(['xz', '--decompress', '--stdout', path.join(folder, file)]) : null;
    const to = path.join(root, 'modules', `${String(index).padStart(2, '0')}-${name}.ko`);
    if (text) writeFileSync(to, text);
    else cpSync(path.join(folder, file), to);
  }
}

function onlyName(folder, start) {
  const [name, ...others] = readdirSync(folder).filter((each) => each.startsWith(start));
  if (!name || others.length) throw new Error(`capture-guest: ${folder} must hold one file ${start}*, has ${others.length + (name ? 1 : 0)}`);
  return name;
}

function run([program, ...rest], options = {}) {
  const { error, status, stdout } = spawnSync(program, rest, { stdio: ['pipe', 'pipe', 'inherit'], maxBuffer: 2 ** 30, ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${rest.join(' ')}: exit code ${status}`);
  return stdout;
}
