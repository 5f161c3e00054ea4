import { HostError } from '../../experiment/errors.js';
import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Plan } from '../../experiment/plan.js';
import { noteFirewall } from './note-firewall.js';
import { planPhysicalNic } from './plan-physical-nic.js';
import { planSoftwareNic } from './plan-software-nic.js';
import { planVeth } from './plan-veth.js';

/**
 * Resolves an Experiment against a Host: which CPU sends, serves each queue and reads, and which queue and socket each
 * flow reaches. What is not knowable stays null (an RSS key or a boot secret that nobody saw, an unpinned thread); what
 * the host turns into something else is said in `deviations`.
 *
 * On `physical-nic` the senders are another machine, so `sourceCpus` counts its cores and is not checked against this
 * host. On `veth`, `veth-rps` and `loopback` each node's cores are split, first half for senders, and queues stand for the CPUs on
 * which the receive path runs. A wire has the first sending core, and `wirePps` says what it offers; on `veth` it must be named by `kind`.
 *
 * @throws {HostError} when the host has no CPU that fits a role, and says which
 * Source: Documentation/networking/scaling.rst (RSS, RPS); veth_xmit in drivers/net/veth.c runs the receive path on the sending CPU.
 */
export function plan(experiment: Experiment, host: Host): Plan {
  return noteFirewall(planOn(experiment, host), experiment, host);
}

function planOn(experiment: Experiment, host: Host): Plan {
  if (host.receivePath === 'software-nic') return planSoftwareNic(experiment, host);
  const wire = experiment.sources.findIndex(({ kind }) => kind === 'wire');
  if (wire >= 0 && host.receivePath !== 'veth')
    throw new HostError(
      `sources[${wire}].kind: a wire needs a host whose receive path is software-nic or veth, host ${host.name} has ${host.receivePath}; leave kind out`,
    );
  return host.receivePath === 'physical-nic' ? planPhysicalNic(experiment, host) : planVeth(experiment, host);
}
