import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cpuMask, isChange, undoChange } from '../../src/host/index.js';

it('takes back nothing that the kit does not change, whatever a journal says', () => {
  for (const foreign of [
    { kind: 'setting', name: '/etc/passwd', before: 'x', after: 'y' },
    { kind: 'setting', name: '/proc/sys/kernel/core_pattern', before: 'x', after: 'y' },
    { kind: 'setting', name: '/proc/sys/net/core/../../kernel/core_pattern', before: 'x', after: 'y' },
    { kind: 'setting', name: '/proc/sys/net/core/rmem_max', before: '1\n2;reboot', after: 'y' },
    { kind: 'address', name: '-batch', address: '10.0.0.1/24' },
    { kind: 'address', name: 'eth0', address: '10.0.0.1/24 dev eth1' },
    { kind: 'firewall', name: 'eth0', target: 'DROP', source: '10.0.0.1', port: 1 },
    { kind: 'ethtool', name: 'eth0', option: '--flash', before: ['firmware'] },
    { kind: 'command', name: 'reboot' },
  ]) {
    expect(isChange(foreign)).toBe(false);
    expect(() => undoChange(foreign as never)).toThrow(RangeError);
  }
  fc.assert(fc.property(fc.jsonValue(), (value) => void expect(isChange(value)).toBe(false)));
});

it('leaves a setting that somebody else has changed since', () => {
  const file = '/proc/sys/net/core/rmem_default';
  const now = execFileSync('cat', [file], { encoding: 'utf8' });
  undoChange({ kind: 'setting', name: file, before: '4608', after: '4609' });
  expect(execFileSync('cat', [file], { encoding: 'utf8' })).toBe(now);
});

it('writes the masks of CPUs in words of 32 bits', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1023 }), (cpu) => {
      const words = cpuMask(cpu).split(',').reverse();
      const bits = words.flatMap((word, index) =>
        [...Array(32).keys()].filter((bit) => (Number.parseInt(word, 16) >>> bit) & 1).map((bit) => 32 * index + bit),
      );
      expect(bits).toEqual([cpu]);
    }),
  );
});
