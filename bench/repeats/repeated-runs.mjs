import { measure, thisHost } from '../../dist/index.js';
import { Lab, labObstacles } from '../../dist/lab/index.js';

/**
 * Measures experiments by turns, all in one lab, so that a slow phase of the machine hits all alike. Nothing is recorded.
 *
 * @param {{ experiment: import('../../dist/experiment/index.js').Experiment, path?: import('../../dist/lab/index.js').LabPath }[]} asked
 * @param {number} repeats
 * @returns {Promise<import('../../dist/experiment/index.js').Run[][]>} the runs of each experiment
 */
export async function repeatedRuns(asked, repeats) {
  const obstacles = labObstacles();
  if (obstacles.length) throw new Error(`bench: ${obstacles.join('; ')}`);
  const abort = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => abort.abort());
  const lab = Lab.open();
  try {
    const hosts = await Promise.all(asked.map(({ path = 'veth' }) => thisHost(path)));
    const runs = asked.map(() => []);
    for (let repeat = 0; repeat < repeats; repeat++) {
      for (const [index, { experiment }] of asked.entries()) {
        console.error(`bench: ${experiment.id}, ${repeat + 1} of ${repeats}`);
        runs[index].push(await measure(experiment, { host: hosts[index], lab, folder: null, signal: abort.signal }));
      }
    }
    return runs;
  } finally {
    lab.close();
  }
}
