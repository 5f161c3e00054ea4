import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/host/index.js';
import { readRun } from '../../src/index.js';
import { followsFromSamples } from '../../src/records/follows-from-samples.js';
import { machineOf } from '../../src/records/machine-of.js';

const mpps = path.resolve(import.meta.dirname, '../../dist/cli/mpps.js');
const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-loopback-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command line without the capabilities of root, in a user namespace in which no further one can be made. */
function withoutNamespaces(...argv: string[]) {
  const lessen = 'echo 0 >/proc/sys/user/max_user_namespaces && exec setpriv --bounding-set=-net_admin,-sys_admin,-bpf "$@"';
  return spawnSync('unshare', ['--user', '--map-root-user', 'sh', '-c', lessen, 'sh', ...argv], { encoding: 'utf8' });
}

const skipReason =
  os.platform() !== 'linux' || !findProgram('setpriv') || !findProgram('unshare') || withoutNamespaces('true').status !== 0
    ? 'this machine allows no user namespaces, in which to forbid them'
    : undefined;

const experiment = (name: string, changes: object): string => {
  const file = path.join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ id: name, sources: [{ offeredPps: 5000, batchPackets: 16 }], durationS: 0.3, warmUpS: 0.1, ...changes }));
  return file;
};
const measured = (file: string, ...flags: string[]) =>
  withoutNamespaces(process.execPath, mpps, 'measure', file, '--folder', path.join(folder, 'runs'), ...flags);

describe.skipIf(skipReason)(`mpps where nobody may make a namespace${skipReason ? ` (skipped: ${skipReason})` : ''}`, () => {
  it('cannot make one', () => {
    expect(withoutNamespaces('unshare', '--user', 'true').status).not.toBe(0);
    expect(withoutNamespaces('ip', 'netns', 'add', 'mpps-test').status).not.toBe(0);
  });

  it('measures over loopback, says so in one line, and records it as a receive path of its own', () => {
    const { stderr, stdout } = measured(experiment('gentle', {}), '--path', 'software-nic');
    expect(stderr.match(/^no lab here: .*measuring over loopback.*$/gm)).toHaveLength(1);
    expect(stdout).toContain('0 unaccounted');
    const run = readRun(path.join(folder, 'runs', readdirSync(path.join(folder, 'runs')).find((name) => name.startsWith('gentle-')) ?? ''));
    expect(run.plan.receivePath).toBe('loopback');
    expect(machineOf(run.host)).toMatch(/, loopback$/);
    expect(run.outcome.notes.join()).toContain("Packets go over this machine's loopback");
    expect(run.outcome.deliveredPackets).toBeGreaterThan(0);
    expect(followsFromSamples(run)).toBe(true);
  });

  it('shows what a slow reader and two sockets show, each loss in its place', () => {
    expect(measured(experiment('slow', { receiver: { workNs: 1_000_000 } })).stdout).toMatch(/[1-9]\d* lost: socket buffer full\n +0 unaccounted/);
    const two = { sources: [{ offeredPps: 5000, batchPackets: 1, sourcePorts: [1, 2, 3, 4, 5, 6, 7, 8].map((port) => 20_000 + port) }] };
    const reuseport = { layout: 'reuseport', placements: [{ role: 'queue-node' }, { role: 'queue-node', index: 1 }] };
    expect(measured(experiment('two-sockets', { ...two, receiver: reuseport })).stdout).toContain('0 unaccounted');
  });

  it.each([
    ['a wire', { sources: [{ kind: 'wire' }] }, /a wire needs a host whose receive path is software-nic/],
    ['AF_XDP', { receiver: { path: 'af-xdp' } }, /use --path software-nic/],
    ['messages cut by the device', { sources: [{ segmentation: { segments: 4, cutBy: 'device' } }] }, /no device of loopback cuts/],
    ['a busy poll', { receiver: { waiting: { busyPollUs: 50 } } }, /loopback has no device to poll/],
  ])('refuses %s with the reason and records nothing', (_, changes, reason) => {
    const { status, stderr } = measured(experiment('refused', changes));
    expect(stderr).toMatch(reason);
    expect(status).toBe(3);
    expect(readdirSync(path.join(folder, 'runs')).filter((name) => name.startsWith('refused'))).toEqual([]);
  });

  it('says what it cannot calibrate', () => {
    const { status, stderr } = withoutNamespaces(process.execPath, mpps, 'calibrate');
    expect([status, stderr]).toEqual([3, expect.stringContaining('on loopback nothing parts the cost of sending from that of receiving')]);
  });
});
