import type { Cost } from '../../experiment/cost.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';

/** Whether the wire sends straight into a device that NAPI polls on the wire's own CPU, without a NIC in between. */
export function isPolled({ sources }: Pick<Experiment, 'sources'>, { receivePath }: Pick<Host, 'receivePath'>): boolean {
  return receivePath === 'veth' && sources.some(({ kind }) => kind === 'wire');
}

/**
 * The host as packets of a wire without a NIC meet it. Their way has the form of veth's, where the sending CPU also receives: the wire makes a
 * packet (`wireNs` in the place of sendNs), and the same CPU polls it from the device into its socket (`polledNs` in the place of softirqNs).
 * A packet for a full socket costs as much: the same CPU frees it, and frees nothing else. What the host has no price for keeps that of plain veth,
 * and notCovered() says so. A reader that spins is never woken.
 *
 * @returns the host itself for every other experiment
 * Source: veth_xdp_xmit and veth_poll in drivers/net/veth.c (6.18).
 */
export function polledHost(experiment: Experiment, host: Host): Host {
  if (!isPolled(experiment, host)) return host;
  const { wireNs, polledNs, sendCallNs, ...costs } = host.costs;
  return {
    ...host,
    costs: {
      ...costs,
      ...(wireNs ? { sendNs: wireNs } : sendCallNs ? { sendCallNs } : {}),
      ...(polledNs ? { softirqNs: polledNs, softirqDropRatio: asDear } : {}),
      ...(experiment.receiver.waiting === 'spin' ? { wakeUpNs: never } : {}),
    },
  };
}

const asDear: Cost = {
  value: 1,
  low: 0.85,
  high: 1.1,
  origin: 'assumed',
  source: 'floods to a full socket and to a reader that keeps up differed by what the cache lines cost (two-CPU guest, Linux 6.18)',
};

const never: Cost = { value: 0, low: 0, high: 0, origin: 'assumed', source: 'a reader that spins is never asleep' };
