import type { Host } from '../experiment/index.js';
import { tableText } from '../notebook/table-text.js';

/** A host's costs for a terminal, each with where it came from. */
export function printHost(host: Host): string {
  const rows = Object.entries(host.costs).map(([name, cost]) => ({ name, ...cost }));
  return `${host.name}: Linux ${host.kernelRelease}, ${host.cpus.length} CPUs, ${host.origin}\n\n${tableText(rows, [
    { label: 'cost', value: 'name' },
    { label: 'value', value: ({ value }) => value.toPrecision(4) },
    { label: '90 % interval', value: ({ low, high }) => `${low.toPrecision(3)} to ${high.toPrecision(3)}` },
    { label: 'origin', value: 'origin' },
    { label: 'what it rests on', value: 'source' },
  ])}\n\nCosts marked assumed or literature were not identified here: this series cannot tell them apart or this machine has no way to show them.`;
}
