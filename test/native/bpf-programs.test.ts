import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clangRelease, committedRelease, compileBpf } from '../../scripts/build-bpf.mjs';

const skipReason =
  process.env.MPPS_SLOW !== '1'
    ? 'only in npm run test:slow'
    : clangRelease() !== committedRelease()
      ? `needs clang ${committedRelease()}, here is ${clangRelease() ?? 'none'}`
      : undefined;

describe.skipIf(skipReason)(`committed BPF instructions${skipReason ? ` (skipped: ${skipReason})` : ''}`, () => {
  it('are what clang makes of bpf/*.bpf.c', () => {
    expect(compileBpf()).toBe(readFileSync(new URL('../../src/native/bpf_programs.cc', import.meta.url), 'utf8'));
  });
});
