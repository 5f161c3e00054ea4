import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import type { Plan } from '../../experiment/plan.js';
import { cpuByNumber, siblings } from '../plan/topology.js';
import { frameSocketPackets, takesFrames } from '../stages/frame-host.js';
import { socketBufferPackets } from '../stages/socket-buffer.js';
import { softirqLimits } from '../stages/softirq-limits.js';
import { turboRatio } from '../stages/turbo.js';
import { wirePps } from '../stages/wire.js';
import type { Scenario, ScenarioFlow, ScenarioNic, ScenarioSource } from './scenario.js';

/** A scenario and the names that its numbers stand for. */
export interface NamedScenario {
  scenario: Scenario;
  /** CPU number of each processor. */
  cpus: number[];
  /** Socket number of each socket. */
  sockets: number[];
  /** RX queues of each flow, with their share of it. */
  queues: Map<number, number>[];
}

/** Builds the scenario of a plan in which every CPU, queue and socket is known. */
export function scenarioOf(plan: Plan, experiment: Experiment, host: Host): NamedScenario {
  const { receiver, sources } = experiment;
  const local = plan.receivePath !== 'physical-nic';
  const frames = takesFrames(experiment, plan);
  const softwareNic = plan.receivePath === 'software-nic' && !frames;
  const cpus: number[] = [];
  const nodes: number[] = [];
  const processorOf = (cpu: number) => indexOrAdd(cpus, cpu);
  const sockets: number[] = [];
  const flows: ScenarioFlow[] = [];
  const queues: Map<number, number>[] = [];
  const rings: number[] = [];
  const readersOf = (socket: number) =>
    plan.readerCpus.filter((_, reader) => receiver.layout !== 'reuseport' || reader === socket).map((cpu) => cpu ?? 0);
  const queueCpus = new Map(plan.queues.map(({ queue, cpu }) => [queue, cpu ?? 0]));
  for (const flow of plan.flows) {
    const source = sources[flow.source];
    const queue = flow.queue ?? 0;
    const sourceCpu = plan.sourceCpus[flow.source] ?? 0;
    const inline = frames || plan.receivePath === 'veth' || plan.receivePath === 'loopback';
    const cpu = inline ? sourceCpu : (queueCpus.get(queue) ?? 0);
    const share = 1 / ((source?.destinations.length ?? 1) * (source?.sourcePorts.length ?? 1));
    const made = {
      source: flow.source,
      share,
      turnStart: 0,
      processor: processorOf(cpu),
      inline: local && !softwareNic && cpu === sourceCpu,
      socket: indexOrAdd(sockets, flow.socket ?? 0),
      distance: distanceTo(readersOf(flow.socket ?? 0), cpu, host),
      ...(softwareNic ? { ring: indexOrAdd(rings, queue) } : {}),
    };
    const same = flows.findIndex(
      (other) => other.source === made.source && other.processor === made.processor && other.socket === made.socket && other.ring === made.ring,
    );
    const met = flows[same];
    if (met) {
      met.share += share;
      queues[same]?.set(queue, (queues[same]?.get(queue) ?? 0) + share);
    } else {
      flows.push(made);
      queues.push(new Map([[queue, share]]));
    }
  }
  for (const [index, flow] of flows.entries()) {
    for (const before of flows.slice(0, index)) flow.turnStart += before.source === flow.source ? before.share : 0;
  }
  const scenarioSockets = sockets.map((socket, index) => ({
    producers: new Set(flows.filter((flow) => flow.socket === index).map((flow) => flow.processor)).size,
    readers: readersOf(socket).map(processorOf),
  }));
  const sourceClock = local ? 1 : turboRatio(sources.length, host.turboRatios);
  const scenarioSources = sources.map(({ offeredPps, batchPackets, destinations, sourcePorts }, index): ScenarioSource => {
    const common = {
      processor: local ? processorOf(plan.sourceCpus[index] ?? 0) : null,
      clock: sourceClock,
      turns: destinations.length * sourcePorts.length,
    };
    const madePps = plan.wirePps?.[index] ?? null;
    if (frames && madePps !== null) return { ...common, offeredPps: madePps, batchPackets: 1 };
    if (madePps === null) return { ...common, offeredPps, batchPackets };
    if (!softwareNic) return { ...common, offeredPps: madePps, batchPackets: 1 };
    return { ...common, offeredPps: madePps, batchPackets, wire: offeredPps === null ? 'flood' : 'paced' };
  });
  const scenario: Scenario = {
    // To the equations AF_XDP is what veth is: the CPU that sends also receives. See frameHost().
    receivePath: frames ? 'veth' : plan.receivePath,
    wirePps: local ? Number.POSITIVE_INFINITY : wirePps(experiment.payloadBytes),
    bufferPackets: frames ? frameSocketPackets : socketBufferPackets(receiver.socketBufferBytes, experiment.payloadBytes, host),
    workNs: receiver.workNs,
    ...(receiver.firewall && !frames ? { firewall: receiver.firewall } : {}),
    readerBatchPackets: receiver.batchPackets,
    sources: scenarioSources,
    flows,
    sockets: scenarioSockets,
    processors: cpus.map((cpu, processor) => ({
      node: indexOrAdd(nodes, cpuByNumber(host, cpu)?.node ?? 0),
      clock: turboRatio(activeCores(cpu, cpus, host), host.turboRatios),
      siblings: siblings(host, cpu).flatMap((sibling) => (cpus.includes(sibling.cpu) ? cpus.indexOf(sibling.cpu) : [])),
      sources: scenarioSources.flatMap((source, index) => (source.processor === processor ? [index] : [])),
      readers: scenarioSockets.reduce((count, { readers }) => count + readers.filter((reader) => reader === processor).length, 0),
    })),
    ...(plan.receivePath === 'physical-nic' ? { softirq: softirqLimits(host.kernelRelease) } : {}),
    ...(softwareNic ? { nic: nicOf(rings.map((queue) => processorOf(queueCpus.get(queue) ?? 0))) } : {}),
  };
  return { scenario, cpus, sockets, queues };

  function nicOf(processors: number[]): ScenarioNic {
    return {
      rings: processors.map((processor) => ({ processor, packets: experiment.nic.ringPackets })),
      spins: receiver.waiting === 'spin',
    };
  }
}

function distanceTo(readers: number[], cpu: number, host: Host): { near: number; far: number } {
  const node = cpuByNumber(host, cpu)?.node;
  const far = readers.filter((reader) => cpuByNumber(host, reader)?.node !== node).length;
  const same = readers.filter((reader) => reader === cpu).length;
  return { near: (readers.length - far - same) / readers.length, far: far / readers.length };
}

/** Cores of the CPU's node that the scenario uses. */
function activeCores(cpu: number, cpus: number[], host: Host): number {
  const node = cpuByNumber(host, cpu)?.node;
  const used = cpus.flatMap((other) => cpuByNumber(host, other) ?? []).filter((other) => other.node === node);
  return new Set(used.map(({ core }) => core)).size;
}

function indexOrAdd(list: number[], value: number): number {
  const found = list.indexOf(value);
  return found >= 0 ? found : list.push(value) - 1;
}
