import { measure, thisHost } from '../../dist/index.js';
import { calibrate, Lab, labObstacles } from '../../dist/lab/index.js';

/**
 * Measures experiments by turns, all in one lab, so that a slow phase of the machine hits all alike. Nothing is recorded.
 * The machine is calibrated first where predictions are wanted; otherwise they are those of its last calibration.
 *
 * @param {{ experiment: import('../../dist/experiment/index.js').Experiment, path?: import('../../dist/lab/index.js').LabPath }[]} asked
 * @param {{ repeats: number, only?: string | undefined, calibrates?: boolean }} options only: id of the one experiment to measure
 * @returns {Promise<import('../../dist/experiment/index.js').Run[][]>} the runs of each experiment
 */
export async function repeatedRuns(asked, { repeats, only, calibrates = false }) {
  const chosen = asked.filter(({ experiment }) => only === undefined || experiment.id === only);
  if (!chosen.length) throw new Error(`bench: --only must be one of ${asked.map(({ experiment }) => experiment.id).join(', ')}, got ${only}`);
  const obstacles = labObstacles();
  if (obstacles.length) throw new Error(`bench: ${obstacles.join('; ')}`);
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => abort.abort());
  const lab = Lab.open();
  try {
    const hosts = {};
    for (const { path = 'veth' } of chosen) {
      if (calibrates && !hosts[path]) console.error(`bench: calibrating ${path}`);
      hosts[path] ??= await (calibrates ? calibrate(lab, { path, signal: abort.signal }) : thisHost(path));
    }
    const runs = chosen.map(() => []);
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const [index, { experiment, path = 'veth' }] of chosen.entries()) {
        console.error(`bench: ${experiment.id}, ${repeat + 1} of ${repeats}`);
        runs[index].push(await measure(experiment, { host: hosts[path], lab, folder: null, signal: abort.signal }));
      }
    }
    return runs;
  } finally {
    lab.close();
  }
}
