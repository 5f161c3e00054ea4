/** One numbered interrupt line. */
export interface InterruptRow {
  irq: number;
  /** Controller and action, such as `PCI-MSIX-0000:00:03.0 1-edge eth0-TxRx-0`. */
  name: string;
  /** Interrupts since boot by CPU. */
  counts: { cpu: number; count: number }[];
}

/**
 * Reads the numbered lines of /proc/interrupts, whose head names the online CPUs.
 *
 * @source kernel/irq/proc.c show_interrupts (6.18)
 */
export function parseInterrupts(text: string): InterruptRow[] {
  const [head = '', ...lines] = text.split('\n');
  const cpus = [...head.matchAll(/CPU(\d+)/g)].map(([, cpu]) => Number(cpu));
  return lines.flatMap((line) => {
    const [, irq, rest = ''] = /^\s*(\d+):\s+(.*)$/.exec(line) ?? [];
    if (irq === undefined) return [];
    const columns = rest.trim().split(/\s+/);
    return [
      { irq: Number(irq), name: columns.slice(cpus.length).join(' '), counts: cpus.map((cpu, index) => ({ cpu, count: Number(columns[index]) })) },
    ];
  });
}
