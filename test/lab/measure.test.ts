import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findCpuMapThreads } from '../../src/host/index.js';
import { isAsRegistered, labObstacles, measure, parseExperiment, readRun, readRuns } from '../../src/index.js';
import { doctor, Lab } from '../../src/lab/index.js';

const root = path.resolve(import.meta.dirname, '../..');
const mpps = path.join(root, 'dist/cli/mpps.js');
const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-runs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const obstacles = labObstacles();
const gentle = parseExperiment({ id: 'gentle', sources: [{ offeredPps: 20_000, batchPackets: 16 }], durationS: 1, warmUpS: 0.3 });
const namespaces = () => (existsSync('/run/netns') ? readdirSync('/run/netns').filter((name) => name.startsWith('mpps-')) : []);

describe.skipIf(obstacles.length)(`measure in real namespaces${obstacles.length ? ` (skipped: ${obstacles.join('; ')})` : ''}`, () => {
  it('closes the account of a gentle run, records it with its registered prediction, and leaves nothing behind', async () => {
    const before = namespaces();
    const seen: string[] = [];
    const run = await measure(gentle, { folder, onProgress: ({ step }) => seen.push(step) });
    expect(run.outcome.unaccountedPackets).toBe(0);
    expect(run.outcome.offeredPackets).toBeGreaterThan(0);
    expect(run.outcome.deliveredPackets! + Object.values(run.outcome.lossesPackets!).reduce((sum, packets) => sum + packets, 0)).toBe(
      run.outcome.offeredPackets,
    );
    expect(isAsRegistered(run)).toBe(true);
    expect(readdirSync(folder)).toEqual([`${run.name}.json`]);
    expect(readRun(path.join(folder, `${run.name}.json`))).toEqual(JSON.parse(JSON.stringify(run)));
    expect(seen).toContain('measure');
    expect(namespaces()).toEqual(before);
  });

  it('counts what a reader too slow for its load loses, at the socket buffer and nowhere else', async () => {
    const run = await measure(
      parseExperiment({ ...gentle, id: 'slow-reader', sources: [{ offeredPps: 40_000, batchPackets: 16 }], receiver: { workNs: 100_000 } }),
      { folder: null },
    );
    const { offeredPackets = 0, lossesPackets = {}, unaccountedPackets } = run.outcome;
    expect(unaccountedPackets).toBe(0);
    // A reader that works 100 us on each packet cannot take more than 10 k of the 40 k, however slow the machine is today.
    expect(lossesPackets.socketBuffer).toBeGreaterThan(offeredPackets / 2);
    expect(run.sockets[0]?.dropped).toBe(lossesPackets.socketBuffer);
    expect(run.outcome.bottleneck).toBe('reader');
    expect(run.outcome.countersPps.InErrors).toBeCloseTo(run.outcome.countersPps.RcvbufErrors ?? -1, 6);
  });

  it('undoes everything when it is interrupted, writes no half record, and keeps the registration of what had begun', async () => {
    const before = namespaces();
    const interrupt = new AbortController();
    setTimeout(() => interrupt.abort(), 600);
    await expect(measure(gentle, { folder, signal: interrupt.signal })).rejects.toMatchObject({ name: 'AbortError' });
    expect(namespaces()).toEqual(before);
    const { runs, problems, unfinished } = readRuns(folder);
    expect([runs.length, problems, unfinished.length]).toEqual([1, [], 1]);
  });

  it('takes a registration back when nothing was sent yet', async () => {
    const own = mkdtempSync(path.join(folder, 'refused-'));
    await expect(measure(gentle, { folder: own, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
    expect(readdirSync(own)).toEqual([]);
  });

  it('closes the account of fragmented packets too', async () => {
    const run = await measure(
      parseExperiment({ ...gentle, id: 'fragments', payloadBytes: 3000, durationS: 0.5, sources: [{ offeredPps: 5000, batchPackets: 4 }] }),
      { folder: null },
    );
    expect(run.outcome.unaccountedPackets).toBe(0);
    expect(run.outcome.lossesPackets?.firewall).toBe(0);
  });

  it.each([
    ['device', false, 1],
    ['receiver', false, 8],
    ['receiver', true, 8],
  ] as const)('closes the account of segmented messages in datagrams: cut by the %s, gro %s', async (cutBy, gro, datagramsOnWire) => {
    const run = await measure(
      parseExperiment({
        ...gentle,
        id: 'segmented',
        durationS: 0.5,
        sequenced: true,
        sources: [{ offeredPps: 40_000, batchPackets: 4, segmentation: { segments: 8, cutBy } }],
        // Too slow, so that the socket buffer loses too.
        receiver: { gro, workNs: 100_000 },
      }),
      { folder: null },
    );
    const { offeredPackets = 0, unaccountedPackets, lossesPackets = {}, notes } = run.outcome;
    expect(unaccountedPackets).toBe(0);
    expect(lossesPackets.socketBuffer).toBeGreaterThan(0);
    const [first, last] = [run.samples[0], run.samples.at(-1)];
    const crossed = last!.kernel.receiverDevice.rxPackets! - first!.kernel.receiverDevice.rxPackets!;
    expect(crossed).toBe(offeredPackets / datagramsOnWire);
    expect(run.sequence).toMatchObject({ received: run.outcome.deliveredPackets, duplicated: 0, reordered: 0 });
    expect(notes.join()).toContain('A packet here is a datagram');
  });

  it('refuses to send where the lab has nobody, before anything is registered', async () => {
    for (const address of ['8.8.8.8', '127.0.0.1', '192.168.254.99']) {
      await expect(measure(parseExperiment({ ...gentle, sources: [{ destinations: [address] }] }), { folder })).rejects.toMatchObject({
        code: 'EHOST',
        message: expect.stringContaining(address),
      });
    }
  });

  it('leaves alone a lab that was left standing on purpose, also one of another checkout', async () => {
    const kept = Lab.open({ keep: true });
    try {
      // The same name with a process that has ended, and no journal here: what another checkout's kept lab looks like.
      const foreign = `${kept.name.replace(/\d+-[0-9a-z]+(?=-\d+$)/, '4194300-1')}-receiver`;
      execFileSync('ip', ['netns', 'add', foreign]);
      try {
        doctor({ undo: true });
        expect(namespaces()).toEqual(expect.arrayContaining([`${kept.name}-sender`, `${kept.name}-receiver`, foreign]));
      } finally {
        execFileSync('ip', ['netns', 'delete', foreign]);
      }
    } finally {
      kept.close();
    }
  });

  it('leaves no torn record after kill -9, and the doctor removes what was left', async () => {
    const child = spawn(process.execPath, [mpps, 'measure', 'half-load', '--folder', folder], { stdio: 'ignore' });
    while (!namespaces().some((name) => name.startsWith(`mpps-${child.pid}-`))) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 700));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    expect(readRuns(folder).problems).toEqual([]);
    const found = JSON.parse(execFileSync(process.execPath, [mpps, 'doctor', '--undo', '--json'], { encoding: 'utf8' })) as {
      leftovers: { name: string }[];
    };
    expect(found.leftovers.filter(({ name }) => name.startsWith(`mpps-${child.pid}-`))).toHaveLength(2);
    expect(namespaces().filter((name) => name.startsWith(`mpps-${child.pid}-`))).toEqual([]);
  });

  it('leaves no NIC, no thread and no namespace after kill -9 behind a software NIC', async () => {
    const before = findCpuMapThreads();
    const child = spawn(process.execPath, [mpps, 'measure', 'half-load', '--path', 'software-nic', '--folder', folder], { stdio: 'ignore' });
    const mine = () => [...findCpuMapThreads().keys()].filter((number) => !before.has(number));
    while (mine().length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    await new Promise((resolve) => setTimeout(resolve, 700));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
    while (mine().length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
    execFileSync(process.execPath, [mpps, 'doctor', '--undo']);
    expect(namespaces().filter((name) => name.startsWith(`mpps-${child.pid}-`))).toEqual([]);
  });
});
