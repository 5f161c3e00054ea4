import { existsSync, readFileSync } from 'node:fs';
import { hardwareDevice, parseCpuList, parseInterrupts } from '../../../host/index.js';
import { interruptQueue } from './interrupt-queue.js';

/** Interrupts of an interface's RX queues, by the queue's number, from their names; empty where the names do not say. */
export function queueInterrupts(device: string): Map<number, number> {
  const own = interruptsOf(device);
  const rows = parseInterrupts(readFileSync('/proc/interrupts', 'utf8')).filter(({ irq, name }) => own.has(irq) || name.includes(`${device}-`));
  return new Map(
    rows.flatMap(({ irq, name }): [number, number][] => {
      const queue = interruptQueue(name);
      return queue === null ? [] : [[queue, irq]];
    }),
  );
}

/** CPUs that serve the interrupts of interfaces, where an interrupt is bound to a single one. */
export function servingCpus(devices: readonly string[]): Set<number> {
  const irqs = devices.flatMap((device) => [...interruptsOf(device)]);
  return new Set(
    irqs.flatMap((irq) => {
      const file = `/proc/irq/${irq}/smp_affinity_list`;
      const cpus = existsSync(file) ? parseCpuList(readFileSync(file, 'utf8')) : [];
      return cpus.length === 1 ? cpus : [];
    }),
  );
}

function interruptsOf(device: string): Set<number> {
  return new Set(hardwareDevice(device)?.irqs);
}
