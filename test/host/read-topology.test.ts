import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { readTopology } from '../../src/host/index.js';

const sys = mkdtempSync(path.join(os.tmpdir(), 'mpps-sys-'));
afterEach(() => rmSync(sys, { recursive: true, force: true }));

/** Synthetic: two packages of two cores with two threads each, node = package, siblings four apart, CPU 5 offline. */
function writeTree(): void {
  const put = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(sys, name)), { recursive: true });
    writeFileSync(path.join(sys, name), `${text}\n`);
  };
  put('devices/system/cpu/online', '0-4,6-7');
  for (const cpu of [0, 1, 2, 3, 4, 6, 7]) {
    put(`devices/system/cpu/cpu${cpu}/topology/physical_package_id`, String(Math.floor((cpu % 4) / 2)));
    put(`devices/system/cpu/cpu${cpu}/topology/core_id`, String(cpu % 2));
  }
  put('devices/system/node/node0/cpulist', '0-1,4-5');
  put('devices/system/node/node1/cpulist', '2-3,6-7');
}

it('numbers cores over all packages and finds siblings and nodes', () => {
  writeTree();
  expect(readTopology(sys)).toEqual([
    { cpu: 0, core: 0, node: 0 },
    { cpu: 1, core: 1, node: 0 },
    { cpu: 2, core: 2, node: 1 },
    { cpu: 3, core: 3, node: 1 },
    { cpu: 4, core: 0, node: 0 },
    { cpu: 6, core: 2, node: 1 },
    { cpu: 7, core: 3, node: 1 },
  ]);
});
