import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type InterruptRow, parseCpuList, parseInterrupts } from '../../../host/index.js';

/** Interrupts of an interface's RX queues, by the queue's number, from their names; empty where the names do not say. */
export function queueInterrupts(device: string): Map<number, number> {
  const own = interruptsOf(device);
  const rows = parseInterrupts(readFileSync('/proc/interrupts', 'utf8')).filter(({ irq, name }) => own.has(irq) || name.includes(`${device}-`));
  return new Map(rows.flatMap((row): [number, number][] => queueOf(row).map((queue) => [queue, row.irq])));
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
  const folder = `/sys/class/net/${device}/device/msi_irqs`;
  return new Set(existsSync(folder) ? readdirSync(folder).map(Number) : []);
}

/** Names such as eth2-TxRx-3, eth2-rx-3, virtio1-input.3, mlx5_comp3@pci:0000:3b:00.0, eth2-3. */
function queueOf({ name }: InterruptRow): number[] {
  const [, queue] = /(?:-(?:TxRx|rx|Rx)-|-input\.|_comp|-)(\d+)(?:@\S+)?$/.exec(name) ?? [];
  return queue === undefined ? [] : [Number(queue)];
}
