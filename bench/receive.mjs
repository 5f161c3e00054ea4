// Speed of sending and receiving. Everything runs in the same kind of lab with the same two CPUs: our receiver and sender as the
// article's pair, then other programs, then other ways of our own. All processes live at once and are let run by turns, a tenth of a
// second each (SIGSTOP, SIGCONT), because a virtual machine's speed drifts by half within an hour; ratios are between neighbours.
// A second pair just like the first is the null comparison: what differs from 1 there is the noise of all the others.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readTopology } from '../dist/host/index.js';
import { doctor, Lab, labObstacles } from '../dist/lab/index.js';
import { takeLock } from '../dist/lab/lock.js';
import { kitContender, pause, programContender, signal } from './datagrams/contender.mjs';
import { inTurns, slice } from './datagrams/in-turns.mjs';

const rounds = 30;
/** Slices in which a contender must have shown that it works; a busy machine may starve it for one. */
const attempts = 5;
const largeBuffer = { socketBufferBytes: 16 << 20 };
const gso = { segments: 64, batchPackets: 64 };

/** Ways of our own, each a change of the article's pair. `lab` names the veth's set-up that it needs. */
const ours = {
  'the same again (null)': {},
  'send batch 1': { sender: { batchPackets: 1 } },
  'receive batch 1': { receiver: { batchPackets: 1 } },
  'receive batch 8': { receiver: { batchPackets: 8 } },
  'receive batch 64': { receiver: { batchPackets: 64 } },
  'receive batch 1024': { receiver: { batchPackets: 1024 } },
  recv: { receiver: { call: 'recv' } },
  spin: { receiver: { waiting: 'spin' } },
  'busy poll 50 us': { lab: 'polled', receiver: { waiting: { busyPollUs: 50 } } },
  'polled device, no busy poll': { lab: 'polled' },
  io_uring: { receiver: { path: 'io-uring' } },
  'io_uring, spinning': { receiver: { path: 'io-uring', waiting: 'spin' } },
  wire: { lab: 'polled', isWired: true, receiver: largeBuffer },
  'wire, spin': { lab: 'polled', isWired: true, receiver: { ...largeBuffer, waiting: 'spin' } },
  'wire, AF_XDP': { lab: 'taken', isWired: true, receiver: { path: 'af-xdp' } },
  'wire, AF_XDP spinning': { lab: 'takenSpinning', isWired: true, receiver: { path: 'af-xdp', waiting: 'spin' } },
  'GSO 64': { sender: gso, receiver: largeBuffer },
  'GSO 64, cut before the wire': { lab: 'cut', sender: gso, receiver: largeBuffer },
  'GSO 64, GRO': { sender: gso, receiver: { ...largeBuffer, gro: true } },
};

export default async function bench() {
  const obstacles = [...labObstacles(), ...(os.availableParallelism() < 2 ? ['two CPUs are needed'] : [])];
  if (obstacles.length) throw new Error(`bench receive: ${obstacles.join('; ')}`);
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => abort.abort());
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-bench-'));
  const lock = await takeLock({ waitS: 600, onWait: () => console.error('bench: waiting for another measurement to end') });
  const open = [];
  try {
    doctor({ undo: true });
    const labs = { plain: Lab.open(), cut: Lab.open(), polled: Lab.open(), taken: Lab.open(), takenSpinning: Lab.open() };
    open.push(...Object.values(labs).map((lab) => () => lab.close()));
    labs.cut.segmentBy('device');
    labs.polled.pollDevice(true);
    return await run(labs, folder, abort.signal, open);
  } finally {
    for (const close of open.reverse()) close();
    rmSync(folder, { recursive: true, force: true });
    await lock.release();
  }
}

async function run(labs, folder, abort, open) {
  const notes = [];
  const cpus = twoCpus();
  // nuttcp takes no control port below 5000.
  let port = 5001;
  const start = async (name, make) => {
    try {
      const contender = await make(port++);
      open.push(contender.kill);
      await pause(100);
      signal(contender.pids, 'SIGSTOP');
      for (let attempt = 0; attempt < attempts; attempt++) if ((await slice(contender)) > 0) return contender;
      notes.push(`${name}: left out, it delivered nothing`);
    } catch (error) {
      notes.push(`${name}: left out, ${error.message.split('\n')[0]}`);
    }
    return null;
  };
  const reference = await start('ours', (own) => kitContender(labs.plain, cpus, own));
  if (!reference) throw new Error(`bench receive: ${notes.join('; ')}`);
  const others = {};
  for (const [name, make] of Object.entries(otherPrograms(labs.plain, cpus, folder, notes))) others[`ours / ${name}`] = await start(name, make);
  for (const [name, { lab = 'plain', ...changes }] of Object.entries(ours))
    others[`${name} / ours`] = await start(name, (own) => kitContender(labs[lab], cpus, own, changes));
  const present = Object.fromEntries(Object.entries(others).filter(([, contender]) => contender));
  const ratios = await inTurns(reference, present, rounds, abort);
  for (const name of Object.keys(ratios)) if (name.startsWith('ours / ')) ratios[name] = inverse(ratios[name]);
  return { name: 'receive', rounds, ratios, notes: [...verdicts(ratios), ...notes] };
}

function otherPrograms(lab, cpus, folder, notes) {
  const loop = compile(folder, notes);
  const address = '192.168.254.1';
  const bare = (own, ...words) =>
    programContender(lab, cpus, { receiver: [loop, 'receive', own, '512'], sender: [loop, 'send', address, own, '1024', ...words] });
  const seconds = '280';
  const tools = {
    'iperf3 -u -l 32 -b 0': (own) =>
      programContender(lab, cpus, {
        receiver: ['iperf3', '-s', '-p', own],
        sender: ['iperf3', '-c', address, '-p', own, '-u', '-l', '32', '-b', '0', '-t', seconds],
      }),
    'nuttcp -u -l32 -Ru': (own) =>
      programContender(lab, cpus, {
        receiver: ['nuttcp', '-S', '-1', '--nofork', `-P${own}`],
        sender: ['nuttcp', '-u', '-l32', '-Ru', `-T${seconds}`, `-P${own}`, `-p${Number(own) + 500}`, address],
      }),
  };
  installTools(['iperf3', 'nuttcp'], notes);
  return Object.fromEntries(
    Object.entries({
      ...(loop ? { 'bare C++ loop': bare, 'bare C++ loop, zero-copy send': (own) => bare(own, 'zero-copy') } : {}),
      ...tools,
    }).map(([name, make]) => [name, (own) => make(String(own))]),
  );
}

function compile(folder, notes) {
  const program = path.join(folder, 'datagram-loop');
  const source = path.join(import.meta.dirname, 'datagrams/datagram-loop.cc');
  const { status, error } = spawnSync('g++', ['-std=c++17', '-O2', source, '-o', program], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (!error && status === 0) return program;
  notes.push('bare C++ loop: left out, g++ is missing or failed');
  return null;
}

function installTools(tools, notes) {
  const missing = tools.filter((tool) => spawnSync('which', [tool]).status !== 0);
  if (!missing.length) return;
  console.error(`bench: installing Debian packages ${missing.join(' ')}`);
  const apt = (...words) =>
    spawnSync('apt-get', words, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  const install = ['install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=120', ...missing];
  if (!apt(...install) && !(apt('update', '-qq') && apt(...install))) notes.push(`apt-get could not install ${missing.join(' ')}`);
}

/** A sender's and a reader's CPU on two cores of one node, as for calibration. */
function twoCpus() {
  const cpus = readTopology();
  const [sender] = cpus;
  const reader = cpus.find(({ core, node }) => core !== sender.core && node === sender.node) ?? cpus[1];
  return { sender: sender.cpu, reader: reader.cpu };
}

function inverse({ median, low, high }) {
  return { median: 1 / median, low: 1 / high, high: 1 / low };
}

/** What the ratios of our own ways say: those that do not pay are named. */
function verdicts(ratios) {
  const own = Object.entries(ratios).filter(([name]) => !name.startsWith('ours / ') && !name.includes('(null)'));
  const noise = Object.entries(ratios).find(([name]) => name.includes('(null)'))?.[1];
  const text = (entries) => entries.map(([name]) => name.replace(' / ours', '')).join(', ') || 'none';
  const zeroCopy = ratios['ours / bare C++ loop, zero-copy send'];
  return [
    'a packet is a datagram that the reader got by itself, except in "GSO 64, GRO", where it is a datagram inside a buffer of up to 64',
    ...(noise ? [`two pairs that are the same differ by ${(100 * Math.abs(noise.median - 1)).toFixed(1)} % here; less than that means nothing`] : []),
    `pays: ${text(own.filter(([, { low }]) => low > 1))}`,
    `costs: ${text(own.filter(([, { high }]) => high < 1))}`,
    `makes no difference that shows: ${text(own.filter(([, { low, high }]) => low <= 1 && high >= 1))}`,
    ...(zeroCopy
      ? [
          `zero-copy send at 32 bytes ${zeroCopy.median > ratios['ours / bare C++ loop']?.median ? 'does not pay' : 'pays'} against the same loop without it`,
        ]
      : []),
  ];
}
