import { InputError } from '../../experiment/index.js';
import { Lab, labObstacles, standingLabs } from '../../lab/index.js';
import type { Command } from '../command.js';

export const lab: Command = {
  usage: 'up|down|status',
  summary: 'the two namespaces and their wire, to look around in',
  help: 'mpps lab up\nBrings a lab up and leaves it standing; `ip netns exec NAME-receiver bash` looks inside. `down` takes every lab away that `up` left.',
  flags: {},
  positionals: ['up|down|status'],
  async run({ positionals: [action = ''], json, print }) {
    if (action === 'up') {
      const up = Lab.open({ keep: true });
      print(
        json
          ? JSON.stringify({ name: up.name, sender: up.sender, receiver: up.receiver, shortcomings: up.shortcomings })
          : [`${up.name} is up`, ...up.shortcomings].join('\n'),
      );
    } else if (action === 'down') {
      const gone = standingLabs().map((journal) => {
        journal.undo();
        return journal.name;
      });
      print(json ? JSON.stringify({ gone }) : gone.length ? `taken down: ${gone.join(', ')}` : 'no lab was standing');
    } else if (action === 'status') {
      const status = { labs: standingLabs().map(({ name }) => name), obstacles: labObstacles() };
      print(
        json
          ? JSON.stringify(status)
          : `standing labs: ${status.labs.join(', ') || 'none'}\n${status.obstacles.join('\n') || 'this machine can run the lab'}`,
      );
    } else throw new InputError(`lab: action must be up, down or status, got ${action}`);
    return 0;
  },
};
