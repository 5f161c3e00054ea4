import type { Residual } from '../model/index.js';
import { tableText } from '../notebook/table-text.js';
import { causeNames, formatError, formatKpps } from '../plot/index.js';

/** A miss and its causes for a terminal. They sum: predicted + causes = measured. */
export function printResidual({ run, predictedPps, measuredPps, causes, sentence }: Residual): string {
  const table = tableText(
    causes.filter(({ cause, pps }) => cause === 'unexplained' || Math.abs(pps) >= 0.5),
    [
      { label: 'cause', value: ({ cause }) => causeNames[cause] },
      { label: 'k pps', value: ({ pps }) => `${pps < 0 ? '' : '+'}${formatKpps(pps)}` },
      { label: 'of predicted', value: ({ pps }) => formatError(pps / predictedPps) },
      { label: 'what the counters say', value: 'evidence' },
    ],
  );
  return `${run}: predicted ${formatKpps(predictedPps)} k pps, measured ${formatKpps(measuredPps)} k pps\n${sentence}\n\n${table}\n\npredicted + causes = measured; taken out in this order, as src/model/README.md explains`;
}
