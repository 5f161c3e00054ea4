import type { Experiment, Host } from '../experiment/index.js';
import { explain, plan, predict, wirePps } from '../model/index.js';
import type { PacketPathStage } from './packet-path.js';

/**
 * What the model expects at each place of the packet's path, as rows for `packetPath`.
 *
 * @throws {HostError} when the host cannot express the experiment
 */
export function pathStages(experiment: Experiment, host: Host): PacketPathStage[] {
  const { offeredPps, deliveredPps, lossesPps } = predict(experiment, host);
  const { stages } = explain(experiment, host);
  const offered = offeredPps ?? deliveredPps;
  const busy = (name: string) => stages.find(({ stage }) => stage === name)?.utilization ?? 0;
  const capacity = (ratePps: number, utilization: number) => (utilization > 0 ? ratePps / utilization : null);
  const { receivePath } = plan(experiment, host);
  const queue =
    receivePath === 'physical-nic' || receivePath === 'software-nic'
      ? { name: 'RX ring', lostPps: lossesPps.nicRing ?? 0, counter: 'rx_nodesc_drop_cnt' }
      : { name: 'CPU backlog', lostPps: lossesPps.backlog ?? 0, counter: 'softnet_stat dropped' };
  const polled = offered - queue.lostPps;
  return [
    { name: 'sender', ratePps: offered, capacityPps: capacity(offered, busy('source')), lostPps: 0, counter: '' },
    ...(receivePath === 'physical-nic'
      ? [{ name: 'wire', ratePps: offered, capacityPps: wirePps(experiment.payloadBytes), lostPps: 0, counter: '' }]
      : []),
    { ...queue, ratePps: offered, capacityPps: null, queue: true },
    { name: 'softirq', ratePps: polled, capacityPps: capacity(polled, busy('softirq')), lostPps: 0, counter: '' },
    { name: 'socket buffer', ratePps: polled, capacityPps: null, lostPps: lossesPps.socketBuffer ?? 0, counter: 'RcvbufErrors' },
    { name: 'reader', ratePps: deliveredPps, capacityPps: capacity(deliveredPps, busy('reader')), lostPps: 0, counter: '' },
  ];
}
