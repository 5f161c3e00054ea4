import { mean } from 'simple-statistics';
import type { Run } from '../../experiment/run.js';

/**
 * How much slower the CPUs that a run used were around it than during the calibration that its prediction rests on; null where either was not
 * probed. 1.2 means that an ALU loop took 20 % longer.
 */
export function speedRatio({ host, plan, cpuSpeeds }: Pick<Run, 'host' | 'plan' | 'cpuSpeeds'>): number | null {
  if (!host.cpuSpeeds || !cpuSpeeds) return null;
  const used = new Set([...plan.sourceCpus, ...plan.readerCpus, ...plan.queues.map(({ cpu }) => cpu)]);
  const ratios = host.cpuSpeeds.flatMap(({ cpu, aluNs }) => {
    if (!used.has(cpu) && !used.has(null)) return [];
    return [...cpuSpeeds.before, ...cpuSpeeds.after].filter((speed) => speed.cpu === cpu).map((speed) => speed.aluNs / aluNs);
  });
  return ratios.length ? mean(ratios) : null;
}
