import type { PlannedFlow } from '../../experiment/plan.js';

/**
 * Sockets of a reuseport group that is steered by the CPU of the softirq: the i-th queue in use goes to the i-th socket.
 * A flow whose queue is unknown stays unknown.
 */
export function steerByQueue(flows: PlannedFlow[], queues: number[], sockets: number): PlannedFlow[] {
  return flows.map((flow) => ({ ...flow, socket: flow.queue === null ? null : queues.indexOf(flow.queue) % sockets }));
}
