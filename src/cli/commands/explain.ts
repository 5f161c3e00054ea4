import { InputError } from '../../experiment/index.js';
import { explain as explainExperiment, explainResidual } from '../../model/index.js';
import { residualWaterfall } from '../../plot/index.js';
import { writeWhole } from '../../records/write-whole.js';
import type { Call, Command } from '../command.js';
import { findExperiment } from '../find-experiment.js';
import { findHost } from '../find-host.js';
import { findRun } from '../find-run.js';
import { outputFile } from '../folders.js';
import { printExplanation } from '../print-explanation.js';
import { printResidual } from '../print-residual.js';
import { hostFlag } from './predict.js';

export const explain: Command = {
  usage: 'ID|FILE or --run NAME',
  summary: 'which stage limits an experiment and what to change next, or why a run missed its prediction',
  help: `mpps explain two-senders-one-ip
mpps explain --run pinned-20261123t170437z --chart why.svg
A run's miss is split into causes that its counters support and an unexplained rest; they sum to it exactly.`,
  flags: {
    ...hostFlag,
    run: { value: 'NAME', text: 'a recorded run: its file, or the beginning of its name in data/runs/' },
    chart: { value: 'FILE', text: 'with --run: where the waterfall chart goes, an SVG' },
  },
  positionals: [],
  more: true,
  async run(call) {
    if (call.flags.run !== undefined) explainRun(call, String(call.flags.run));
    else if (call.flags.chart !== undefined) throw new InputError('--chart must come with --run');
    else {
      const [name] = call.positionals;
      if (name === undefined || call.positionals.length > 1)
        throw new InputError(`mpps explain: arguments must be one ID|FILE, or --run NAME, got ${call.positionals.join(' ') || 'none'}`);
      const explanation = explainExperiment(findExperiment(name), await findHost(call.flags.host));
      call.print(call.json ? JSON.stringify(explanation) : printExplanation(explanation));
    }
    return 0;
  },
};

function explainRun({ positionals, flags, json, print, say }: Call, name: string): void {
  if (positionals.length || flags.host !== undefined)
    throw new InputError('--run must come without an experiment and without --host: a record holds both');
  const residual = explainResidual(findRun(name));
  if (typeof flags.chart === 'string') {
    const file = outputFile(flags.chart);
    writeWhole(file, residualWaterfall(residual));
    say(`chart: ${file}`);
  }
  print(json ? JSON.stringify(residual) : printResidual(residual));
}
