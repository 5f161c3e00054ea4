import type { CpuOutcome, QueueOutcome, SocketOutcome } from '../../experiment/outcome.js';
import type { Assessment } from './assess.js';

/** Mean load of each queue, over all possibilities. */
export function predictedQueues({ plan, possibilities, solutions }: Assessment): QueueOutcome[] {
  const outcomes = new Map<number, QueueOutcome>(plan.queues.map(({ queue, cpu }) => [queue, { queue, cpu, offeredPps: 0, servicedPps: 0 }]));
  for (const { probability, named, scenario } of possibilities) {
    for (const [f, rates] of solutions[scenario]?.flows.entries() ?? []) {
      for (const [queue, part] of named.queues[f] ?? []) {
        const outcome = outcomes.get(queue);
        if (!outcome) continue;
        const weight = (probability * part) / (named.scenario.flows[f]?.share ?? 1);
        outcome.offeredPps += weight * rates.offeredPps;
        outcome.servicedPps += weight * rates.servicedPps;
      }
    }
  }
  return [...outcomes.values()];
}

/** Mean load of each of the receiver's sockets, over all possibilities; an idle socket is listed with zeros. */
export function predictedSockets({ possibilities, solutions }: Assessment, sockets: number): SocketOutcome[] {
  const outcomes = Array.from({ length: sockets }, (_, socket): SocketOutcome => ({ socket, offeredPps: 0, deliveredPps: 0 }));
  for (const { probability, named, scenario } of possibilities) {
    for (const [s, rates] of solutions[scenario]?.sockets.entries() ?? []) {
      const outcome = outcomes[named.sockets[s] ?? 0];
      if (!outcome) continue;
      outcome.offeredPps += probability * rates.offeredPps;
      outcome.deliveredPps += probability * rates.deliveredPps;
    }
  }
  return outcomes;
}

/** Mean shares of each CPU that some possibility uses. */
export function predictedCpus({ possibilities, solutions }: Assessment): CpuOutcome[] {
  const outcomes = new Map<number, CpuOutcome>();
  for (const { probability, named, scenario } of possibilities) {
    for (const [p, shares] of solutions[scenario]?.processors.entries() ?? []) {
      const cpu = named.cpus[p] ?? 0;
      const outcome = outcomes.get(cpu) ?? { cpu, softirq: 0, system: 0, user: 0, steal: 0, idle: 1 };
      outcome.softirq += probability * shares.softirq;
      outcome.system += probability * shares.system;
      outcome.user += probability * shares.user;
      outcome.idle = Math.max(0, 1 - outcome.softirq - outcome.system - outcome.user);
      outcomes.set(cpu, outcome);
    }
  }
  return [...outcomes.values()].sort((a, b) => a.cpu - b.cpu);
}
