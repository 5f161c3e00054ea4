import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/cli/command.js';
import type { Outcome } from '../../src/experiment/outcome.js';

const program = path.resolve(import.meta.dirname, '../../dist/cli/mpps.js');

function mpps(...argv: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...argv], { encoding: 'utf8' });
}

describe('mpps simulate', () => {
  it('prints one Outcome with an interval, the same for the same seed', () => {
    const argv = ['simulate', 'pinned', '--seconds', '0.05', '--seed', '3', '--json'];
    const { status, stdout } = mpps(...argv);
    const outcome = JSON.parse(stdout) as Outcome;
    expect([status, outcome.kind, outcome.delivered.kind, outcome.unaccountedPackets]).toEqual([0, 'simulated', 'confidence', 0]);
    expect(outcome.delivered.low).toBeLessThan(outcome.deliveredPps);
    for (const workers of ['1', '3']) expect(mpps(...argv, '--workers', workers).stdout).toBe(stdout);
  });

  it('prints for people too, and says why there is no confidence interval', () => {
    const { status, stdout } = mpps('simulate', 'pinned', '--seconds', '0.02', '--replications', '2');
    expect(status).toBe(0);
    expect(stdout).toMatch(/delivered +3\d\d.* k pps \(100 % observed/);
    expect(stdout).toMatch(/note: No confidence interval from 2 replications/);
  });

  it.each([
    ['a seed that is no number', ['--seed', 'x'], /--seed must be a number, got x/],
    ['no worker', ['--workers', '0'], /--workers must be a whole number from 1 to 1024, got 0/],
    ['a negative time', ['--seconds=-1'], /seconds must be above 0 and at most 3600, got -1/],
  ])('%s gives one line and exit code 2', (_, argv, message) => {
    const { status, stdout, stderr } = mpps('simulate', 'pinned', ...argv);
    expect(stderr).toMatch(message);
    expect([status, stdout, stderr.trim().split('\n').length]).toEqual([2, '', 1]);
  });

  it('ends on an interrupt, in the middle of a replication', async () => {
    const { simulate } = (await import('../../dist/cli/commands/simulate.js' as string)) as { simulate: Command };
    const printed: string[] = [];
    const call = {
      positionals: ['pinned'],
      flags: { seconds: '1000' },
      json: false,
      print: (text: string) => void printed.push(text),
      say: () => {},
    };
    await expect(simulate.run({ ...call, signal: AbortSignal.timeout(500) })).rejects.toThrow(expect.objectContaining({ name: 'TimeoutError' }));
    expect(printed).toEqual([]);
  });

  it('has --help', () => {
    const { status, stdout } = mpps('simulate', '--help');
    expect(status).toBe(0);
    expect(stdout).toContain('mpps simulate');
  });
});
