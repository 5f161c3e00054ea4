import { readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { closeAccount, isAsRegistered, machineTable, ppsSeries, readRuns } from '../../src/index.js';

const runsFolder = path.resolve(import.meta.dirname, '../../data/runs');
const folderOf = (set: string) => path.join(runsFolder, set);
const folders = readdirSync(runsFolder)
  .filter((set) => set.startsWith('two-cpu-'))
  .map(folderOf);
const sets = folders.map((folder) => ({ folder, ...readRuns(folder) }));
const { runs } = readRuns(folderOf('two-cpu-vm'));

describe('the committed runs', () => {
  it('are all whole', () => {
    for (const { runs, problems, unfinished } of sets) expect([problems, unfinished, runs.length > 0]).toEqual([[], [], true]);
  });

  it.each(sets.flatMap(({ folder, runs }) => runs.map((run) => [run.name, run, folder] as const)))(
    '%s is as it was registered and recorded',
    (name, run, folder) => {
      expect(isAsRegistered(run)).toBe(true);
      const { offeredPackets, deliveredPackets, lossesPackets, unaccountedPackets } = closeAccount(run.samples[0]!, run.samples.at(-1)!);
      expect(run.outcome).toMatchObject({ offeredPackets, deliveredPackets, lossesPackets, unaccountedPackets });
      expect(Math.abs(unaccountedPackets)).toBeLessThanOrEqual(offeredPackets / 1000);
      expect(run.prediction.experiment).toBe(run.experiment.id);
      const text = readFileSync(path.join(folder, `${name}.json`), 'utf8');
      expect(text).not.toContain(os.homedir());
      expect(text).not.toContain(`"${os.hostname()}"`);
    },
  );

  it.each(['two-cpu-nic', 'two-cpu-nic-2', 'two-cpu-nic-3'])(
    'show what the article found, in %s: rings overflow, two queues beat one, a reader is best on its CPU',
    (set) => {
      const rows = new Map(machineTable(readRuns(folderOf(set)).runs).map((row) => [row.id, row]));
      const measuredPps = (id: string) => rows.get(id)?.measuredPps ?? Number.NaN;
      expect(rows.get('two-senders-one-ip')?.lossesPackets.nicRing).toBeGreaterThan(0);
      expect(measuredPps('two-ips')).toBeGreaterThan(1.3 * measuredPps('two-senders-one-ip'));
      expect(measuredPps('place-same-cpu')).toBeGreaterThan(measuredPps('pinned'));
    },
  );

  it('show receive livelock behind the software NIC: the more is offered, the less is delivered', () => {
    const rows = new Map(machineTable(readRuns(folderOf('two-cpu-nic-3')).runs).map((row) => [row.id, row]));
    const ladder = ['livelock-500k', 'livelock-700k', 'livelock-1500k'].map((id) => rows.get(id)?.measuredPps ?? Number.NaN);
    expect(ladder).toEqual(ladder.toSorted((a, b) => b - a));
    expect(ladder.at(-1)).toBeLessThan(0.85 * (rows.get('place-same-cpu')?.measuredPps ?? Number.NaN));
  });

  it('notice a prediction that was changed afterwards', () => {
    const run = structuredClone(runs[0]!);
    run.prediction.deliveredPps *= 1.01;
    expect(isAsRegistered(run)).toBe(false);
  });
});

describe('machineTable', () => {
  it('sums packets so that the account of a row closes as those of its runs do', () => {
    for (const { runs } of sets) {
      for (const row of machineTable(runs)) {
        const lost = Object.values(row.lossesPackets).reduce((sum, packets) => sum + packets, 0);
        expect(row.deliveredPackets + lost + row.unaccountedPackets).toBe(row.offeredPackets);
        expect(row.measured.length).toBe(runs.filter(({ experiment }) => experiment.id === row.id).length);
      }
    }
  });

  it('never mixes hosts, and leaves calibration out', () => {
    const [first, ...rest] = structuredClone(runs);
    first!.host.name = 'another';
    expect(() => machineTable([first!, ...rest])).toThrow(/runs must be of one host, got another and /);
    first!.host.name = rest[0]!.host.name;
    first!.host.receivePath = 'software-nic';
    expect(() => machineTable([first!, ...rest])).toThrow(/software NIC and /);
    first!.purpose = 'calibration';
    expect(machineTable([first!])).toEqual([]);
  });
});

it('ppsSeries gives rates between samples: their sum over time is what was delivered', () => {
  const run = runs[0]!;
  const series = ppsSeries(run);
  const delivered = series.points.reduce(
    (sum, point, index) => sum + (point.deliveredPps * (run.samples[index + 1]!.tNs - run.samples[index]!.tNs)) / 1e9,
    0,
  );
  expect(delivered).toBeCloseTo(run.outcome.deliveredPackets!, 3);
  expect(series.window.toS).toBeGreaterThan(series.window.fromS);
});
