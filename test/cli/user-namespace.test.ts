import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/host/index.js';
import { labObstacles, readRun } from '../../src/index.js';

const mpps = path.resolve(import.meta.dirname, '../../dist/cli/mpps.js');
const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-userns-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command line without the capabilities of root. */
const lessened = ['setpriv', '--bounding-set=-net_admin,-sys_admin,-bpf', '--inh-caps=-net_admin,-sys_admin,-bpf'] as const;
const withoutRoot = (...argv: string[]) => spawnSync(lessened[0], [...lessened.slice(1), ...argv], { encoding: 'utf8' });

const skipReason =
  labObstacles()[0] ??
  (!findProgram('setpriv') || !findProgram('unshare') || withoutRoot('unshare', '--user', '--map-root-user', '--mount', '--net', 'true').status !== 0
    ? 'this machine allows no user namespaces'
    : undefined);

describe.skipIf(skipReason)(`mpps without root${skipReason ? ` (skipped: ${skipReason})` : ''}`, () => {
  it('measures inside a user namespace on plain veth, says so, and closes the account', () => {
    const file = path.join(folder, 'gentle.json');
    writeFileSync(file, JSON.stringify({ id: 'gentle', sources: [{ offeredPps: 5000, batchPackets: 16 }], durationS: 0.3, warmUpS: 0.1 }));
    const { stderr, stdout } = withoutRoot(process.execPath, mpps, 'measure', file, '--path', 'software-nic', '--folder', folder);
    expect(stderr).toContain('not root: measuring inside a user namespace');
    expect(stderr).toContain('no software NIC here: BPF needs root; packets are received on the sending CPU instead');
    expect(stdout).toContain('0 unaccounted');
    const record = readdirSync(folder).find((name) => name.startsWith('gentle-')) ?? '';
    expect(readRun(path.join(folder, record)).plan.receivePath).toBe('veth');
  });
});
