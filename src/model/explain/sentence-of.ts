import type { ReceivePath } from '../../experiment/host.js';
import type { Bottleneck, Outcome } from '../../experiment/outcome.js';

/** The limit of an outcome in one sentence, with the counter that proves it. */
export function sentenceOf(
  { deliveredPps, offeredPps, lossesPps, queues, countersPps }: Outcome,
  limiting: Bottleneck,
  receivePath: ReceivePath,
): string {
  const [sender, server] = receivePath === 'software-nic' ? ['the wire offers no more', 'thread'] : ['the sending CPU is full', 'softirq'];
  const delivered = `${thousands(deliveredPps)} of ${thousands(offeredPps ?? 0)} packets per second arrive`;
  const ring = thousands(lossesPps.nicRing ?? 0);
  const socket = thousands(lossesPps.socketBuffer ?? 0);
  switch (limiting) {
    case 'none':
      return `${delivered}: the offered load is below every limit.`;
    case 'source':
      return `${delivered}: ${sender}, and every stage after it has room.`;
    case 'wire':
      return `${delivered}: the 10 Gb/s wire has no slot left.`;
    case 'softirq':
      return `${delivered}: the ${server} of ${queues.length === 1 ? `queue ${queues[0]?.queue} on CPU ${queues[0]?.cpu}` : `${queues.length} queues`} is full, ${ring} a second die in the RX ring (rx_nodesc_drop_cnt).`;
    case 'reader':
      return `${delivered}: the reading thread cannot keep up, ${socket} a second die in the socket buffer (${'rx_dropped' in countersPps ? 'rx_dropped' : 'InErrors'}).`;
  }
}

function thousands(pps: number): string {
  return pps >= 999.5e3 ? `${(pps / 1e6).toFixed(2)}M` : pps >= 1000 ? `${Math.round(pps / 1000)}k` : pps.toPrecision(3);
}
