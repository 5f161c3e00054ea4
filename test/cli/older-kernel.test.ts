import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labObstacles, readRun } from '../../src/index.js';

const mpps = path.resolve(import.meta.dirname, '../../dist/cli/mpps.js');
const obstacles = labObstacles();
const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-older-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Answers one command of bpf(2) as a kernel that does not know it, and leaves every other system call alone. */
const source = `
#include <dlfcn.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/syscall.h>
extern "C" long syscall(long number, ...) {
  long a[6];
  va_list list;
  va_start(list, number);
  for (long& one : a) one = va_arg(list, long);
  va_end(list);
  const char* refused = getenv("REFUSED_BPF");
  const union bpf_attr* attributes = reinterpret_cast<union bpf_attr*>(a[1]);
  if (number == SYS_bpf && refused && a[0] == atoi(refused) && (a[0] != BPF_PROG_LOAD || attributes->expected_attach_type == BPF_XDP_CPUMAP)) {
    errno = EINVAL;
    return -1;
  }
  static auto next = reinterpret_cast<long (*)(long, ...)>(dlsym(RTLD_NEXT, "syscall"));
  return next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}`;
const library = path.join(folder, 'older-kernel.so');

describe.skipIf(obstacles.length)(`mpps on an older kernel${obstacles.length ? ` (skipped: ${obstacles.join('; ')})` : ''}`, () => {
  beforeAll(() => {
    const { status, stderr } = spawnSync('g++', ['-shared', '-fPIC', '-x', 'c++', '-', '-o', library, '-ldl'], { input: source, encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it.each([
    ['before 5.18, without live frames', 10, 'this kernel runs no XDP programs on live frames, which came with 5.18'],
    ['before 5.9, without programs behind a CPU map', 5, 'this kernel runs no programs behind a CPU map, which came with 5.9'],
  ])('%s, measures on veth with RPS, and says why', (_, command, reason) => {
    const file = path.join(folder, `older-${command}.json`);
    writeFileSync(file, JSON.stringify({ id: `older-${command}`, sources: [{ offeredPps: 5000, batchPackets: 16 }], durationS: 0.3, warmUpS: 0.1 }));
    const { stderr, stdout } = spawnSync(process.execPath, [mpps, 'measure', file, '--path', 'software-nic', '--folder', folder], {
      encoding: 'utf8',
      env: { ...process.env, LD_PRELOAD: library, REFUSED_BPF: String(command) },
    });
    expect(stderr).toContain(`no software NIC here: ${reason}; RPS moves the receive path to a CPU of its own instead`);
    expect(stdout).toContain('0 unaccounted');
    const record = readdirSync(folder).find((name) => name.startsWith(`older-${command}-`)) ?? '';
    expect(readRun(path.join(folder, record)).plan.receivePath).toBe('veth-rps');
  });
});
