import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Cost, type Experiment, experiments, type Host, parseStudy, readRuns } from '../../src/index.js';
import { microRuns } from '../../src/lab/micro-runs.js';
import { loadBand } from '../../src/records/load-band.js';

const folder = path.resolve(import.meta.dirname, '../../data/studies');
const known = experiments();
const studyOf = (file: string) => parseStudy(JSON.parse(readFileSync(path.join(folder, file), 'utf8')), file);

describe('the ready-made studies', () => {
  it.each(readdirSync(folder))('%s names experiments that there are, and bears the name of its file', (file) => {
    const { id, experiments: names } = studyOf(file);
    expect(`${id}.json`).toBe(file);
    expect(names.filter((name) => !known[name])).toEqual([]);
  });
});

/** A host whose readers are interrupted, more so beside a busy sender, and read faster from caches: as later calibrations see the same machine. */
function watched(host: Host): Host {
  const cost = (value: number): Cost => ({ value, low: value / 2, high: 2 * value, origin: 'calibration', source: 'a test' });
  const readNs = { ...host.costs.readNs, value: 0.6 * host.costs.readNs.value };
  return {
    ...host,
    costs: {
      ...host.costs,
      readNs,
      coldReadNs: host.costs.readNs,
      interruptedRatio: cost(0.02),
      crowdedRatio: cost(0.04),
      stallRatio: cost(0.003),
      stallNs: cost(3e5),
    },
  };
}

describe.each(['held-out', 'held-out-2', 'held-out-3'])('%s, a study that predictions are judged by', (study) => {
  const { experiments: names, repeats } = studyOf(`${study}.json`);
  const members = names.map((name) => known[name]!);
  const { host } = readRuns(path.resolve(import.meta.dirname, '../../data/runs/two-cpu-vm')).runs[0]!;

  it.each([
    ['calibrated', host],
    ['calibrated and watched', watched(host)],
  ])('has a third of its paced points in each load band of a %s two-CPU machine, floods beside them, and sixty runs', (_, calibrated) => {
    const bands = members.map((experiment) => loadBand({ experiment, host: calibrated }));
    const paced = bands.filter((band) => band !== 'flood');
    for (const band of ['below', 'near', 'above']) expect(paced.filter((other) => other === band)).toHaveLength(paced.length / 3);
    expect(bands.filter((band) => band === 'flood').length).toBeGreaterThan(2);
    expect(members.length).toBeGreaterThanOrEqual(12);
    expect(repeats * members.length).toBeGreaterThanOrEqual(60);
  });

  it('resembles no micro-experiment of the calibration: another sending batch than all of them, or another payload, work or number of readers', () => {
    const batches: number[] = Object.values(microRuns).map(({ batchPackets }) => batchPackets);
    const works: number[] = Object.values(microRuns).map((micro) => ('workNs' in micro ? micro.workNs : 0));
    const differs = ({ sources, payloadBytes, receiver }: Experiment) =>
      !sources.some(({ batchPackets }) => batches.includes(batchPackets)) ||
      payloadBytes !== 32 ||
      !works.includes(receiver.workNs) ||
      receiver.placements.length > 1;
    expect(members.filter((experiment) => !differs(experiment))).toEqual([]);
    expect(new Set(members.map(({ sources }) => sources[0]!.batchPackets)).size).toBeGreaterThan(4);
    expect(new Set(members.map(({ payloadBytes }) => payloadBytes)).size).toBeGreaterThan(3);
    expect(new Set(members.map(({ receiver }) => receiver.socketBufferBytes)).size).toBeGreaterThan(2);
  });
});

it('no configuration of a held-out study is one of another', () => {
  const shapes = ['held-out', 'held-out-2', 'held-out-3'].flatMap((study) =>
    studyOf(`${study}.json`).experiments.map((name) => {
      const { sources, payloadBytes, receiver } = known[name]!;
      const [{ batchPackets }] = sources as [(typeof sources)[number]];
      return JSON.stringify([batchPackets, payloadBytes, receiver.workNs, receiver.layout]);
    }),
  );
  expect(new Set(shapes).size).toBe(shapes.length);
});
