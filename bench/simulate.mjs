// Speed of simulation. Workload B of bench/receive-path: our feed-forward engine against our own heap engine and against a
// std::priority_queue loop in C++ and SimPy, overloaded and not. And an island, the article's many-queues-one-reader by simulate()'s
// machine: slots against the heap. Contenders must give the same packets the same fates, or the bench fails; SimPy, with random numbers
// of its own, the same share of them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { plan } from '../dist/model/index.js';
import { possibilitiesOf } from '../dist/model/predict/possibilities.js';
import { EventHeap } from '../dist/model/simulate/event-heap.js';
import { EventSlots } from '../dist/model/simulate/event-slots.js';
import { layoutOf } from '../dist/model/simulate/layout.js';
import { replicate } from '../dist/model/simulate/replicate.js';
import { costValues } from '../dist/model/stages/cost-values.js';
import { article } from '../dist/records/article.js';
import { alternate } from './alternate.mjs';
import { heapEngine } from './receive-path/heap-engine.mjs';
import { hybridEngine } from './receive-path/hybrid-engine.mjs';
import { light, overload } from './receive-path/workload.mjs';

const rounds = 5;
const packets = 4_000_000;
const islandSeconds = 1;
/** SimPy takes as long for these as the others for all. */
const simpyPackets = 200_000;
const python = '/usr/bin/python3';
const simpyEngine = path.join(import.meta.dirname, 'receive-path/simpy-engine.py');

export default async function bench() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-bench-'));
  try {
    return await run(compile(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(program) {
  const cases = { overload, 'light load': light };
  const contenders = {};
  const hasSimpy = spawnSync(python, ['-c', 'import simpy']).status === 0;
  for (const [name, load] of Object.entries(cases)) {
    contenders[`ours, ${name}`] = timed(name, () => fates(hybridEngine(1, packets, load)));
    contenders[`own heap, ${name}`] = timed(name, () => fates(heapEngine(1, packets, load)));
    if (program) contenders[`C++ priority_queue, ${name}`] = inChild(name, program, load);
    if (hasSimpy) contenders[`SimPy, ${name}`] = inSimpy(load);
  }
  contenders['ours, island'] = timed('island', () => JSON.stringify(simulateIsland(EventSlots)));
  contenders['own heap, island'] = timed('island', () => JSON.stringify(simulateIsland(EventHeap)));
  const names = Object.keys(contenders);
  const pairs = names.filter((name) => !name.startsWith('ours')).map((name) => [`ours, ${name.split(', ')[1]}`, name]);
  const { ratios, seconds } = await alternate(rounds, contenders, pairs);
  const realTime = packets / (overload * 1e6) / seconds['ours, overload'];
  const islandRate = simulateIsland(EventSlots).total.sent.reduce((sum, sent) => sum + sent, 0) / seconds['ours, island'];
  return {
    name: 'simulate',
    rounds,
    ratios,
    notes: [
      `workload B: ${(packets / seconds['ours, overload'] / 1e6).toFixed(1)} million packets a second, ${realTime.toFixed(1)} times real time`,
      `island: ${(islandRate / 1e6).toFixed(1)} million packets a second`,
      ...(program ? [] : ['no g++ here: C++ left out']),
      ...(hasSimpy
        ? [`SimPy simulates ${simpyPackets} packets, counted as ${packets}`]
        : ['no SimPy here: left out; on Debian: sudo apt-get install python3-simpy3']),
    ],
  };
}

/** Times one call. */
function timed(name, simulate) {
  return () => {
    const start = performance.now();
    const result = simulate();
    const seconds = (performance.now() - start) / 1000;
    requireSame(name, result);
    return seconds;
  };
}

function inChild(name, program, load) {
  return () => {
    const { stdout } = spawnSync(program, ['1', String(packets), String(load)], { encoding: 'utf8' });
    const result = JSON.parse(stdout);
    requireSame(name, fates(result));
    return result.seconds;
  };
}

/** Seconds for as many packets as the others simulate. Its random numbers are Python's, so that only the share delivered can be the same. */
function inSimpy(load) {
  const { delivered: expected } = hybridEngine(1, simpyPackets, load);
  return () => {
    const { stdout } = spawnSync(python, [simpyEngine, '1', String(simpyPackets), String(load)], { encoding: 'utf8' });
    const { delivered, seconds } = JSON.parse(stdout);
    if (Math.abs(delivered - expected) > 0.02 * simpyPackets)
      throw new Error(`bench: SimPy must deliver what the others deliver, got ${delivered} and ${expected} of ${simpyPackets}`);
    return (seconds * packets) / simpyPackets;
  };
}

const results = new Map();

/** Refuses a result that differs from what others gave for the same case. */
function requireSame(name, result) {
  if ((results.get(name) ?? result) !== result) throw new Error(`bench: engines must agree on ${name}, got ${result} and ${results.get(name)}`);
  results.set(name, result);
}

function fates({ ringLost, socketLost, delivered, meanDelayUs }) {
  return `${ringLost} ${socketLost} ${delivered} ${meanDelayUs.toFixed(6)}`;
}

function simulateIsland(Events) {
  const experiment = article.experiments['many-queues-one-reader'];
  const { named } = possibilitiesOf(plan(experiment, article.host), experiment, article.host).possibilities[0];
  return replicate(layoutOf(named, experiment, article.host, costValues(article.host)), 1, islandSeconds, (slots) => new Events(slots));
}

/** Path of the compiled contender; null where there is no compiler. */
function compile(folder) {
  const program = path.join(folder, 'heap-engine');
  const source = path.join(import.meta.dirname, 'receive-path/heap-engine.cc');
  const { status } = spawnSync('g++', ['-O3', '-march=native', '-std=c++17', '-o', program, source], { stdio: ['ignore', 'ignore', 2] });
  return status === 0 ? program : null;
}
