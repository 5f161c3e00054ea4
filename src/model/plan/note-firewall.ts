import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Plan } from '../../experiment/plan.js';
import { takesFrames } from '../stages/frame-host.js';

/** The plan, with a sentence where an experiment says what its firewall does and the packets do not meet that. */
export function noteFirewall(plan: Plan, experiment: Experiment, host: Host): Plan {
  if (!experiment.receiver.firewall) return plan;
  const note = takesFrames(experiment, host)
    ? 'AF_XDP takes the frames before the firewall, so that none of its rules is walked.'
    : host.receivePath === 'loopback'
      ? "A run over loopback meets this machine's own rules, which stay as they are."
      : null;
  return note ? { ...plan, deviations: [...plan.deviations, `receiver.firewall: ${note}`] } : plan;
}
