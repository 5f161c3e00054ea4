import { InputError } from '../../experiment/index.js';
import { collectAnswers } from '../../notebook/collect-answers.js';
import { studentCopy } from '../../notebook/student-copy.js';
import { tableText } from '../../notebook/table-text.js';
import type { Command } from '../command.js';

export const lessons: Command = {
  usage: 'student|collect DIR',
  summary: 'for teachers: a copy without solutions; guesses and answers of a class',
  help: `mpps lessons student class/anna
mpps lessons collect class --json > class.json
\`student\` copies the lessons without solutions and outputs into DIR. \`collect\` reads every notebook in DIR, which may have a folder a student, and
prints each guess and each exercise with what its last run said. It runs nothing: a stored output can be forged.`,
  flags: {},
  positionals: ['student|collect', 'DIR'],
  async run({ positionals: [action = '', folder = ''], json, print }) {
    if (action === 'student') {
      const files = studentCopy(folder);
      print(json ? JSON.stringify({ folder, files }) : `${files.length} notebooks in ${folder}, without solutions and outputs`);
    } else if (action === 'collect') {
      const collected = collectAnswers(folder);
      print(
        json
          ? JSON.stringify({ lessons: collected })
          : tableText(collected, [
              { label: 'notebook', value: 'file' },
              {
                label: 'guesses',
                value: ({ guesses }) => guesses.map(({ guess, isUntouched }) => `${guess}${isUntouched ? ' (untouched)' : ''}`).join(', '),
              },
              { label: 'solved', value: ({ exercises }) => exercises.filter(({ state }) => state === 'solved').length },
              { label: 'exercises', value: ({ exercises }) => exercises.length },
            ]),
      );
    } else throw new InputError(`lessons: action must be student or collect, got ${action}`);
    return 0;
  },
};
