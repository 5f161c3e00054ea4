import type { Run } from '../experiment/index.js';
import { tableHtml } from '../notebook/table-html.js';
import { escapeXml } from '../plot/escape-xml.js';

/** What is known of the machine: what its newest calibration measured and what it had to assume. */
export function hostSection({ host, versions }: Run): string {
  const costs = Object.entries(host.costs).map(([name, cost]) => ({ name, ...cost }));
  return `<h3>The host and its costs</h3>
<p>${host.cpus.length} CPUs, kernel ${escapeXml(versions.kernel)}, receive path ${host.receivePath}; ${escapeXml(host.origin)}. As of the newest run:</p>
<div class="wide">${tableHtml(costs, [
    { label: 'cost', value: 'name' },
    { label: 'value', value: ({ value }) => value.toPrecision(3) },
    { label: '90 % interval', value: ({ low, high }) => `${low.toPrecision(3)} to ${high.toPrecision(3)}` },
    { label: 'origin', value: 'origin' },
    { label: 'what it rests on', value: 'source' },
  ])}</div>`;
}
