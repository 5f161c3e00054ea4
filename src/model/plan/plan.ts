import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Plan } from '../../experiment/plan.js';
import { planPhysicalNic } from './plan-physical-nic.js';
import { planVeth } from './plan-veth.js';

/**
 * Resolves an Experiment against a Host: which CPU sends, serves each queue and reads, and which queue and socket each
 * flow reaches. What is not knowable stays null (an RSS key or a boot secret that nobody saw, an unpinned thread); what
 * the host turns into something else is said in `deviations`.
 *
 * On `physical-nic` the senders are another machine, so `sourceCpus` counts its cores and is not checked against this
 * host. On `veth` and `veth-rps` each node's cores are split, first half for senders, and queues stand for the CPUs on
 * which the receive path runs.
 *
 * @throws {HostError} when the host has no CPU that fits a role, and says which
 * Source: Documentation/networking/scaling.rst (RSS, RPS); veth_xmit in drivers/net/veth.c runs the receive path on the sending CPU.
 */
export function plan(experiment: Experiment, host: Host): Plan {
  return host.receivePath === 'physical-nic' ? planPhysicalNic(experiment, host) : planVeth(experiment, host);
}
