import type { Experiment } from '../../experiment/experiment.js';
import type { Host } from '../../experiment/host.js';
import { takesFrames } from '../stages/frame-host.js';
import { isPolled } from '../stages/polled-host.js';

/**
 * What an Experiment asks for and no stage of the model, or no cost of the host, knows, a sentence for each or none: its prediction is that of
 * the same Experiment without these, and a comparison with a measurement judges no stage.
 */
export function notCovered(experiment: Experiment, host: Host): string[] {
  const { sources, receiver } = experiment;
  const { path = 'socket', call = 'recvmmsg', waiting, gro = false } = receiver;
  const asked = [
    ...(sources.some(({ segmentation }) => segmentation) ? ['segmentation'] : []),
    ...(sources.some(({ arrivals = 'constant' }) => arrivals !== 'constant') ? ['arrivals that are not constant'] : []),
    ...(path === 'socket' || takesFrames(experiment, host) ? [] : [`the receive path ${path}`]),
    ...(call === 'recvmmsg' ? [] : [call]),
    ...(typeof waiting === 'object' ? ['busy polling'] : []),
    ...(gro ? ['GRO'] : []),
  ];
  const unpriced = (['wireNs', 'polledNs'] as const).filter((name) => isPolled(experiment, host) && !host.costs[name]);
  return [
    ...(asked.length ? [`Not covered by the model: ${asked.join(', ')}. The prediction is that of the same experiment without.`] : []),
    ...(unpriced.length
      ? [`Not covered by the calibration: ${unpriced.join(' and ')} of host ${host.name}. The prediction is that of a program's packets on veth.`]
      : []),
  ];
}
