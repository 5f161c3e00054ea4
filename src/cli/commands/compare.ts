import { InputError } from '../../experiment/index.js';
import { tableText } from '../../notebook/table-text.js';
import { formatError, formatKpps } from '../../plot/index.js';
import { compareSets, type SetComparison } from '../../records/compare-sets.js';
import type { Command } from '../command.js';
import { findSet } from '../find-set.js';

export const compare: Command = {
  usage: 'SETA SETB',
  summary: 'two sets of runs, configuration by configuration: how large the difference is, and whether chance explains it',
  help: `mpps compare two-cpu-vm-first two-cpu-vm
A set is a folder of data/runs/, any folder or record, or part of a host's name. The difference is of median delivered packets per second, with a
95 % bootstrap interval; the probability is a permutation test's, corrected for the number of configurations (Holm).`,
  flags: {},
  positionals: ['SETA', 'SETB'],
  async run({ positionals: [nameA = '', nameB = ''], json, print, say }) {
    const comparison = compared(findSet(nameA, say), findSet(nameB, say));
    print(json ? JSON.stringify(comparison) : text(comparison, nameA, nameB));
    return 0;
  },
};

function compared(...[a, b]: Parameters<typeof compareSets>): SetComparison {
  try {
    return compareSets(a, b);
  } catch (error) {
    throw error instanceof RangeError ? new InputError(error.message) : error;
  }
}

function text({ hosts, rows, notCompared, tests }: SetComparison, nameA: string, nameB: string): string {
  const table = tableText(rows, [
    { label: 'configuration', value: 'id' },
    { label: `${nameA} k pps`, value: ({ medianPps }) => formatKpps(medianPps[0]) },
    { label: `${nameB} k pps`, value: ({ medianPps }) => formatKpps(medianPps[1]) },
    { label: 'runs', value: ({ runs }) => runs.join(' and ') },
    { label: 'difference', value: ({ difference }) => formatError(difference) },
    { label: '95 % interval', value: ({ interval }) => (interval ? `${formatError(interval.low)} to ${formatError(interval.high)}` : '–') },
    { label: 'p', value: ({ pValue }) => pValue?.toFixed(3) ?? '–' },
    { label: 'p of all', value: ({ adjustedPValue }) => adjustedPValue?.toFixed(3) ?? '–' },
    { label: 'shown', value: ({ isSignificant }) => (isSignificant ? 'yes' : '') },
  ]);
  const [hostA, hostB] = hosts.map((names) => names.join(', '));
  return [
    hostA === hostB ? `${hostA}` : `${nameA}: ${hostA}\n${nameB}: ${hostB}`,
    table,
    ...(tests
      ? [
          `${tests} configurations were tested, so that by chance alone one in twenty would look different; "p of all" is corrected for that, and "shown" means below 0.05 after it. With few runs no difference can be shown: 3 against 3 never give a p below 0.1, 5 against 5 never below 0.008.`,
        ]
      : []),
    ...(notCompared.length ? [`not compared, since only one set has them or their meaning differs: ${notCompared.join(', ')}`] : []),
  ].join('\n\n');
}
