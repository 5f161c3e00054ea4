import type { Run } from '../../experiment/run.js';
import { assess } from '../predict/assess.js';

const near = 1e-9;

/**
 * Which of the outcomes of SO_REUSEPORT's secret hash a run showed: those whose shares of the sockets are nearest to the measured ones.
 *
 * @returns indices into the possibilities of the model; null where the run has no such secret or no packets
 */
export function observedSockets({ experiment, host, plan, outcome }: Run): ReadonlySet<number> | null {
  if (experiment.receiver.layout !== 'reuseport' || plan.flows.every(({ socket }) => socket !== null)) return null;
  const total = outcome.sockets.reduce((sum, { offeredPps }) => sum + offeredPps, 0);
  if (!(total > 0)) return null;
  const { possibilities, solutions } = assess(experiment, host);
  const distances = possibilities.map(({ named, scenario }) => {
    const sockets = solutions[scenario]?.sockets ?? [];
    const all = sockets.reduce((sum, { offeredPps }) => sum + offeredPps, 0);
    return outcome.sockets.reduce((sum, { socket, offeredPps }) => {
      const at = named.sockets.indexOf(socket);
      return sum + Math.abs(offeredPps / total - (at < 0 ? 0 : (sockets[at]?.offeredPps ?? 0) / all));
    }, 0);
  });
  const least = Math.min(...distances);
  return new Set(distances.flatMap((distance, index) => (distance <= least + near ? [index] : [])));
}
