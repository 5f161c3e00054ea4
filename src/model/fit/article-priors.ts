import type { Prior } from './prior.js';

/** Priors of the eleven fitted costs for a 2 GHz Xeon of 2012. Marked [recall] where no source was read; those are wide. */
export const articlePriors: Prior[] = [
  {
    cost: 'sendNs',
    centre: 2000,
    spread: 0.3,
    source: '1408 ns on a newer EPYC (measured for this kit on a two-CPU guest, Linux 6.18), times 1.4 for the clock',
  },
  {
    cost: 'softirqNs',
    centre: 1200,
    spread: 0.6,
    source: '1200 ns softirq and 160 ns enqueue on a newer EPYC (measured for this kit on a two-CPU guest, Linux 6.18)',
  },
  {
    cost: 'readNs',
    centre: 800,
    spread: 0.5,
    source: '794 ns drain (measured for this kit on a two-CPU guest, Linux 6.18); 547 to 653 ns at 3.6 GHz (Brouer, network-testing issue 5)',
  },
  { cost: 'handOverNs', centre: 350, spread: 0.5, source: '6 to 12 shared lines of 25 to 50 ns each [recall]' },
  { cost: 'wakeUpNs', centre: 2000, spread: 0.5, source: '1 to 3 us on the waking CPU, interrupt included [recall]' },
  {
    cost: 'producerContentionNs',
    centre: 300,
    spread: 0.8,
    source: 'two lock pairs a packet (sk_lock.slock, sk_receive_queue.lock; 3.x), a few line transfers [recall]',
  },
  { cost: 'readerContentionNs', centre: 300, spread: 0.8, source: 'the same two lock pairs, from the other side [recall]' },
  { cost: 'siblingSpeedRatio', centre: 0.6, spread: 0.06, source: 'two busy siblings deliver 1.1 to 1.3 of one thread [recall]' },
  { cost: 'remoteLineRatio', centre: 2.5, spread: 0.4, source: '100 to 150 ns from the other socket against 25 to 50 ns [recall]' },
  {
    cost: 'remoteLoadPerMpps',
    centre: 0.25,
    spread: 0.8,
    source: 'order of magnitude: a few per cent of QPI bandwidth would not show, so some queueing [guess]',
  },
  {
    cost: 'bufferRaceNs',
    centre: 250,
    spread: 0.8,
    source: 'time in udp_queue_rcv_skb between check and charge, about a tenth of the softirq [guess]',
  },
];
