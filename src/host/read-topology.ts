import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Cpu } from '../experiment/index.js';
import { parseCpuList } from './parse-cpu-list.js';

/**
 * Reads the online CPUs with their cores and NUMA nodes.
 *
 * @param sys where sysfs is mounted; tests give a recorded tree
 * @source Documentation/admin-guide/cputopology.rst (6.18)
 */
export function readTopology(sys = '/sys'): Cpu[] {
  const cpuFolder = path.join(sys, 'devices/system/cpu');
  const nodeFolder = path.join(sys, 'devices/system/node');
  const nodes = existsSync(nodeFolder) ? readdirSync(nodeFolder).filter((name) => /^node\d+$/.test(name)) : [];
  const nodeOfCpu = new Map(
    nodes.flatMap((name) =>
      parseCpuList(readFileSync(path.join(nodeFolder, name, 'cpulist'), 'utf8')).map((cpu) => [cpu, Number(name.slice(4))] as const),
    ),
  );
  const cores = new Map<string, number>();
  return parseCpuList(readFileSync(path.join(cpuFolder, 'online'), 'utf8')).map((cpu) => {
    // Core numbers repeat in every package, and some guests show no topology at all.
    const read = (name: string) => {
      const file = path.join(cpuFolder, `cpu${cpu}/topology/${name}`);
      return existsSync(file) ? readFileSync(file, 'utf8').trim() : `cpu${cpu}`;
    };
    const key = `${read('physical_package_id')}:${read('core_id')}`;
    if (!cores.has(key)) cores.set(key, cores.size);
    return { cpu, core: cores.get(key) ?? 0, node: nodeOfCpu.get(cpu) ?? 0 };
  });
}
