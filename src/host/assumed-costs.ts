import type { Cost, CostName, Costs, PartedCostName, ReceivePath } from '../experiment/index.js';

const assumed = (value: number, factor: number, source: string): Cost => ({
  value,
  low: value / factor,
  high: value * factor,
  origin: 'assumed',
  source,
});
const literature = (value: number, low: number, high: number, source: string): Cost => ({ value, low, high, origin: 'literature', source });

/**
 * Costs for a host that nobody has calibrated: wide, and marked so. Calibration replaces what it can identify and
 * leaves the rest as it stands here.
 *
 * @param receivePath a software NIC has a wire, a hash and threads to wake, which other paths have not
 */
export function assumedCosts(receivePath?: Exclude<ReceivePath, 'software-nic'>): Record<CostName, Cost>;
export function assumedCosts(receivePath: ReceivePath): Costs;
export function assumedCosts(receivePath: ReceivePath = 'veth'): Costs {
  return {
    ...(receivePath === 'software-nic' ? softwareNicCosts() : {}),
    sendNs: assumed(1500, 2, 'order of magnitude of sendmmsg on servers of 2015 to 2025'),
    softirqNs: assumed(1300, 2, 'order of magnitude of IP input to a UDP socket'),
    softirqDropRatio: assumed(0.8, 1.25, 'a full socket saves only the enqueue'),
    readNs: literature(700, 500, 1000, 'Brouer 2019, recv 547 ns and recvmmsg 653 ns a packet at 3.6 GHz'),
    handOverNs: assumed(100, 3, 'a few cache lines between two cores of a node'),
    wakeUpNs: literature(3000, 1000, 8000, 'wake-up with an inter-processor interrupt, 1 to 3 us on bare metal and more in a guest'),
    wakeLatencyNs: assumed(3000, 3, 'from the interrupt to the first read'),
    producerContentionNs: assumed(300, 3, 'order of the article fit'),
    readerContentionNs: assumed(300, 3, 'order of the article fit'),
    siblingSpeedRatio: literature(0.6, 0.55, 0.65, 'two busy hyper-threads deliver 1.1 to 1.3 of one'),
    remoteLineRatio: assumed(2, 1.5, 'remote against local cache line, idle interconnect'),
    remoteLoadPerMpps: assumed(0.5, 3, 'order of the article fit'),
    bufferRaceNs: assumed(300, 3, 'only kernels before 3.16 have the race'),
  };
}

function softwareNicCosts(): Partial<Record<PartedCostName, Cost>> {
  return {
    wireNs: assumed(160, 2, 'a live frame made and dropped at the driver, as counted on a two-CPU guest with Linux 6.18'),
    nicNs: assumed(90, 2.5, 'hash, table and ring of a CPU map: what handing a packet on cost beyond making it on that guest'),
    frameCopyNs: assumed(110, 2.5, 'what an AF_XDP reader behind the wire cost on that guest beyond making the frames, 3.6 million a second'),
    frameReadNs: assumed(50, 3, 'order of a descriptor, a header that another CPU wrote, and giving the frame back'),
    queueWakeNs: assumed(2000, 3, 'starting a kernel thread that sleeps; at most what waking a reader costs'),
    turnNs: assumed(3000, 2, 'a switch of threads, a wake-up on the same CPU and a call of recvmmsg, as counted on that guest'),
  };
}
