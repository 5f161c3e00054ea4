import type { Cost, CostName } from '../../experiment/cost.js';
import type { Cpu, Host } from '../../experiment/host.js';

/** Costs that the article's figures do not determine and the fit leaves alone. */
export const assumedCosts: Partial<Record<CostName, Cost>> = {
  softirqDropRatio: {
    value: 0.8,
    low: 0.64,
    high: 1,
    origin: 'assumed',
    source:
      'a full socket saves only the enqueue: as for any host that nobody calibrated, between the 0.76 that calibrations recorded with the runs have in the median and 0.88 (1200 of 1360 ns, both measured for this kit on a two-CPU guest, Linux 6.18); not determined by the figures',
  },
  wakeLatencyNs: {
    value: 3000,
    low: 1500,
    high: 6000,
    origin: 'assumed',
    source: 'interrupt, idle exit and schedule-in on an idle core [recall]; not determined by the figures',
  },
};

/** The article's receiver without its costs: two sockets of six cores at 2 GHz, hyper-threads on, 24 CPUs. */
export const articleHostFrame: Omit<Host, 'costs' | 'runToRunSpread'> = {
  name: 'article',
  origin:
    'M. Majkowski, How to receive a million packets per second, 16 June 2015. Stated: 2 x 6 cores, 2 GHz Xeon, hyper-threading, 24 CPUs, Solarflare NIC. Assumed: numbering of the CPUs, kernel 3.13 (before 3.16, because InErrors exceed RcvbufErrors), truesize 768 (sfc copies small frames), rmem_default 212992. The sender is taken to be the same machine. Assumed, because the text says no more than 2 GHz and six cores: Xeon E5-2620, which runs at 2.5, 2.5, 2.4, 2.4, 2.3, 2.3 GHz with 1 to 6 active cores [recall].',
  kernelRelease: '3.13',
  cpus: cpus(),
  receivePath: 'physical-nic',
  socketBufferBytes: 212992,
  truesizeBytes: 768,
  turboRatios: [1, 1, 0.96, 0.96, 0.92, 0.92],
};

/** Numbering assumed: cores of node 0, cores of node 1, then the second threads in the same order. */
function cpus(): Cpu[] {
  return Array.from({ length: 24 }, (_, cpu) => ({ cpu, core: cpu % 12, node: cpu % 12 < 6 ? 0 : 1 }));
}
