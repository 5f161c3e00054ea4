import path from 'node:path';
import { InputError } from '../../experiment/index.js';
import { openStudyBench, type Search, search as searchExperiment } from '../../lab/index.js';
import { formatError, formatKpps, formatPercent } from '../../plot/index.js';
import { runsFolder } from '../../records/read-runs.js';
import { utcTime } from '../../records/utc-time.js';
import { openHostsBench } from '../../targets/index.js';
import type { Command } from '../command.js';
import { exitCodes } from '../exit-code.js';
import { findExperiment } from '../find-experiment.js';
import { findTarget, targetFlags } from '../find-hosts.js';
import { pathFlag, pathOf } from '../path-flag.js';
import { statusLine } from '../status-line.js';

export const search: Command = {
  usage: 'ID|FILE',
  summary: 'the highest load with so little loss, and the longest burst with none, both predicted first',
  help: `mpps search real-application --loss 0.001,0.01
Bisection with confirmation runs (the sense of RFC 2544 and RFC 9004, for our own receiver in its own namespaces). Every trial is recorded in
data/runs/search-ID-TIME/, the prediction in search.json there before the first. Exit code 4: a load could not be confirmed.`,
  needsLab: ({ hosts }) => hosts === undefined,
  flags: { ...targetFlags, ...pathFlag, loss: { value: 'RATIO,...', text: 'share of the packets that may be lost (default 0.001,0.01)' } },
  positionals: ['ID|FILE'],
  async run({ positionals: [name = ''], flags, json, signal, print, say }) {
    const experiment = findExperiment(name);
    const lossRatios = ratios(flags.loss ?? '0.001,0.01');
    const folder = path.join(runsFolder, `search-${experiment.id}-${utcTime()}`);
    const target = findTarget(flags);
    const receivePath = target ? 'veth' : pathOf(flags.path, say);
    const status = statusLine();
    try {
      const result = await searchExperiment(experiment, {
        folder,
        lossRatios,
        openBench: (abort) => (target ? openHostsBench(target, abort) : openStudyBench(abort, receivePath)),
        signal,
        onPredicted: ({ rates, burstPackets }) => {
          status.clear();
          say(
            `predicted: ${rates.map(({ lossRatio, pps }) => `${formatKpps(pps)} k pps at ${formatPercent(lossRatio)} loss`).join(', ')}; burst ${burstPackets === null ? 'of any length' : `of ${Math.round(burstPackets)} packets`}`,
          );
        },
        onProgress: (text) => status.update(text),
      });
      status.clear();
      print(json ? JSON.stringify({ folder, ...result }) : text(result, folder));
      return result.found?.rates.some(({ pps }) => pps === null) ? exitCodes.notTrusted : exitCodes.done;
    } finally {
      status.clear();
    }
  },
};

function ratios(flag: string | boolean): number[] {
  const numbers = String(flag).split(',').map(Number);
  if (numbers.some((ratio) => !(ratio > 0 && ratio < 1))) throw new InputError(`--loss must be shares above 0 and below 1, got ${flag}`);
  return numbers.sort((a, b) => a - b);
}

function text({ predicted, found }: Search, folder: string): string {
  if (!found) return '';
  const reasons = { loss: 'above it more is lost', source: 'the source reaches no more', end: 'no higher load was tried' } as const;
  const { packets, isAtLeast } = found.burst;
  return [
    ...found.rates.map(({ lossRatio, pps, limitedBy }, index) => {
      const predictedPps = predicted.rates[index]?.pps ?? 0;
      const outcome =
        pps === null
          ? 'no load was confirmed'
          : `${formatKpps(pps)} k pps (prediction ${formatError(predictedPps / pps - 1)}); ${reasons[limitedBy]}`;
      return `at most ${formatPercent(lossRatio)} loss: ${outcome}`;
    }),
    `longest burst without loss: ${packets === null ? 'none was confirmed' : `${isAtLeast ? 'at least ' : ''}${packets} packets`}, predicted ${predicted.burstPackets === null ? 'of any length' : Math.round(predicted.burstPackets)}`,
    ...(found.effectiveBufferPackets === null
      ? []
      : [`effective buffer depth ${Math.round(found.effectiveBufferPackets)} packets, the socket holds ${predicted.bufferPackets}`]),
    `${found.trials} trials in ${path.relative(process.cwd(), folder) || folder}`,
  ].join('\n');
}
