import { doctor as examine, labObstacles } from '../../lab/index.js';
import { readRuns } from '../../records/read-runs.js';
import type { Command } from '../command.js';

export const doctor: Command = {
  usage: '',
  summary: 'what dead runs left on this machine, and what keeps it from measuring',
  help: 'mpps doctor --undo\nLists what was left behind; with --undo it is taken back.',
  flags: { undo: { value: true, text: 'take back what was left' } },
  positionals: [],
  async run({ flags, json, print }) {
    const undo = flags.undo === true;
    const leftovers = examine({ undo });
    const obstacles = labObstacles();
    const { unfinished } = readRuns();
    if (json) print(JSON.stringify({ leftovers, undone: undo, unfinished, obstacles }));
    else {
      const list = leftovers.map(({ kind, name }) => `${undo ? 'removed' : 'left behind'}: ${kind} ${name}`);
      const open = unfinished.map((name) => `registered, but its run never ended: ${name} (the file stays as evidence)`);
      print(
        [...(list.length ? list : ['nothing was left behind']), ...open, ...(obstacles.length ? obstacles : ['this machine can measure'])].join('\n'),
      );
    }
    return 0;
  },
};
