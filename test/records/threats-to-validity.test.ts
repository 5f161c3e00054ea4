import { describe, expect, it } from 'vitest';
import { readRuns } from '../../src/index.js';
import { threatsToValidity } from '../../src/records/threats-to-validity.js';

const { runs } = readRuns('data/runs/two-cpu-vm');
const calm = structuredClone(runs.filter(({ experiment }) => experiment.id === 'half-load'));
for (const { facts, outcome } of calm) {
  facts.otherCpuShare = 0;
  facts.noiseFloor = 0.02;
  for (const cpu of outcome.cpus) cpu.steal = 0;
}
const said = (of: typeof runs) => threatsToValidity(of).join('\n');

describe('threatsToValidity', () => {
  it('names what threatens, from the figures of the runs', () => {
    const open = structuredClone(calm);
    open[0]!.outcome.unaccountedPackets = 5000;
    expect(said(open)).toMatch(/account of 1 of 3 runs does not close/);
    const stolen = structuredClone(calm);
    stolen[1]!.outcome.cpus[0]!.steal = 0.2;
    expect(said(stolen)).toMatch(/In 1 of 3 runs the hypervisor took more than 2 % of a CPU, at most 20\.0 %/);
    const busy = structuredClone(calm);
    busy[2]!.facts.otherCpuShare = 0.5;
    expect(said(busy)).toMatch(/During 1 of 3 runs other processes used more than 4 % of a CPU, at most 50\.0 %/);
    const slow = structuredClone(calm);
    slow[0]!.outcome.offeredPps = 50_000;
    expect(said(slow)).toMatch(/In 1 of 3 runs a paced source did not reach its rate/);
    const changed = structuredClone(calm);
    changed[0]!.prediction.deliveredPps += 1;
    expect(said(changed)).toMatch(/1 of 3 runs no longer hold the prediction/);
    expect(said(calm.slice(0, 2))).toMatch(/Fewer than 3 runs: half-load/);
  });

  it('says what was checked and found in order, and what nobody knows', () => {
    expect(said(calm)).toMatch(/Every account closes within 0\.1 %.*Every prediction is as it was registered/s);
    expect(said(calm)).toMatch(/Two equal runs differed by 2\.0 %/);
    expect(said(runs)).toMatch(/No noise floor was measured/);
    expect(said(calm)).not.toMatch(/does not close|no longer hold|did not reach/);
    expect(threatsToValidity([])).toEqual([]);
  });
});
