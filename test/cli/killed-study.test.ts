import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isAsRegistered, labObstacles, readHost, readRuns } from '../../src/index.js';
import { journalFolder } from '../../src/lab/lab.js';
import { runsFolder } from '../../src/records/read-runs.js';

const mpps = path.resolve(import.meta.dirname, '../../dist/cli/mpps.js');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'mpps-killed-'));
const name = `killed-${process.pid}`;
const folder = path.join(runsFolder, name);
afterAll(() => {
  for (const each of [scratch, folder]) rmSync(each, { recursive: true, force: true });
});

/** Another measurement on this machine may have the lock for a while. */
const patienceMs = 180_000;

const list = (where: string) => (existsSync(where) ? readdirSync(where) : []);
/** What labs of the processes have on a host while they are up: namespaces and journals bear their numbers. */
const traces = (pids: number[]) =>
  [...list('/run/netns'), ...list(journalFolder)].filter((each) => pids.some((pid) => each.startsWith(`mpps-${pid}-`)));

/** A sitting in a process group of its own, as a shell would start it. */
function sit(studyFile: string, hostFile: string) {
  const child = spawn(process.execPath, [mpps, 'study', studyFile, '--name', name, '--host', hostFile, '--gate', 'off', '--json'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text;
  });
  child.stdout.resume();
  const ended = new Promise<string | number>((resolve) => child.once('exit', (code, by) => resolve(by ?? code ?? -1)));
  return { child, ended, told: () => told };
}

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = Date.now() + patienceMs;
  while (!isTrue()) {
    if (Date.now() > deadline) throw new Error('nothing came of it in time');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const obstacles = labObstacles();
describe.skipIf(obstacles.length)(`mpps study, killed on this machine${obstacles.length ? ` (skipped: ${obstacles.join('; ')})` : ''}`, () => {
  it('goes on where it was after kill -9 in mid-run: no finished run lost or made again, records valid, nothing left on the host', {
    timeout: 600_000,
  }, async () => {
    const pids: number[] = [];
    const hostFile = path.join(scratch, 'host.json');
    writeFileSync(hostFile, JSON.stringify(await readHost()));
    const experiments = ['first', 'second'].map((id) => {
      const file = `${id}.json`;
      const sources = [{ offeredPps: 5000, batchPackets: 4 }];
      writeFileSync(path.join(scratch, file), JSON.stringify({ id, sources, durationS: 1, warmUpS: 0.2 }));
      return file;
    });
    const studyFile = path.join(scratch, 'study.json');
    writeFileSync(studyFile, JSON.stringify({ id: 'killed', experiments, repeats: 2 }));

    const finished = new Map<string, string>();
    const runs = () => list(folder).filter((file) => /z-[0-9a-f]+\.json$/.test(file));
    const pending = () => list(folder).filter((file) => file.endsWith('.pending.json'));
    // Killed as soon as its first run, then its second one, is under way: before anything is finished, and after one run.
    for (const made of [0, 1]) {
      const stale = new Set(pending());
      const { child, ended, told } = sit(studyFile, hostFile);
      pids.push(child.pid!);
      await until(() => child.exitCode !== null || (runs().length >= made && pending().some((file) => !stale.has(file))));
      expect(child.exitCode, told()).toBeNull();
      process.kill(-child.pid!, 'SIGKILL');
      expect(await ended).toBe('SIGKILL');
      for (const [file, text] of finished) expect(readFileSync(path.join(folder, file), 'utf8')).toBe(text);
      for (const file of runs()) finished.set(file, readFileSync(path.join(folder, file), 'utf8'));
    }
    expect(finished.size).toBeGreaterThan(0);
    expect(traces(pids).length).toBeGreaterThan(0);

    const { child, ended, told } = sit(studyFile, hostFile);
    pids.push(child.pid!);
    // 4: on a busy machine no run counts as trustworthy, which is none of this test's business.
    expect([0, 4], told()).toContain(await ended);
    for (const [file, text] of finished) expect(readFileSync(path.join(folder, file), 'utf8')).toBe(text);
    const { runs: records, problems } = readRuns(folder);
    expect(problems).toEqual([]);
    expect(records.map(({ experiment }) => experiment.id).sort()).toEqual(['first', 'first', 'second', 'second']);
    for (const run of records) {
      expect(isAsRegistered(run)).toBe(true);
      expect(run.outcome.unaccountedPackets).toBe(0);
    }
    expect(traces(pids)).toEqual([]);
  });
});
