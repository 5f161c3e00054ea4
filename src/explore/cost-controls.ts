import type { Costs } from '../experiment/cost.js';
import type { CostName, Host } from '../experiment/index.js';
import { withCosts } from '../experiment/with-costs.js';
import type { RangeControl, Settings } from './control.js';

/** What a reader calls a cost, and how far it may be dragged. */
const labels: Partial<Record<CostName, string>> = {
  softirqNs: 'softirq, a packet',
  readNs: 'read, a packet',
  handOverNs: 'hand-over to another core',
  wakeUpNs: 'wake-up of a reader',
  producerContentionNs: 'contention, softirq',
  readerContentionNs: 'contention, reader',
  sendNs: 'send, a packet',
  remoteLineRatio: 'cache line from another node',
  remoteLoadPerMpps: 'interconnect, load a Mpps',
  siblingSpeedRatio: 'speed beside a busy sibling',
  softirqDropRatio: 'price of a drop at the socket',
};

/** A slider for each of these costs of a host, about the host's own value; the ones from `shown` on are put away. */
export function costControls({ costs }: Pick<Host, 'costs'>, names: readonly CostName[], shown = names.length): RangeControl[] {
  return names.map((name, index) => costControl(name, costs, index >= shown));
}

/** The host with the costs that a reader has set. */
export function hostWithSettings(host: Host, names: readonly CostName[], settings: Settings): Host {
  return withCosts(host, Object.fromEntries(names.map((name) => [name, Number(settings[name])])));
}

function costControl(name: CostName, costs: Costs, isMinor: boolean): RangeControl {
  const { value } = costs[name];
  const isTime = name.endsWith('Ns');
  const isShare = name === 'siblingSpeedRatio' || name === 'softirqDropRatio';
  return {
    kind: 'range',
    name,
    label: labels[name] ?? name,
    ...(isShare ? { low: 0.2, high: 1, scale: 'linear' } : { low: value / 4, high: value * 4, scale: 'log' }),
    initial: value,
    format: isTime ? (ns) => `${Math.round(ns).toLocaleString('en-US')} ns` : (ratio) => `${isShare ? '' : '× '}${ratio.toFixed(2)}`,
    ...(isMinor ? { isMinor } : {}),
  };
}
