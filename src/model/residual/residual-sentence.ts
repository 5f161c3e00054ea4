import type { Residual, ResidualCauseName } from '../explain-residual.js';

const words: Record<ResidualCauseName, string> = {
  model: 'the model has changed since the registration',
  speed: 'the CPUs ran at another speed than at the calibration',
  hashing: 'the flows fell onto the sockets in one of several ways',
  reader: 'reading a packet took another time',
  softirq: 'the softirq took another time for a packet',
  source: 'the sources sent another rate',
  ring: 'packets were lost before the softirq',
  socketBuffer: 'sockets overflowed while their reader stalled',
  otherLosses: 'packets were lost elsewhere',
  unexplained: 'for no reason that the counters show',
};

/** Misses below this share of the measured rate need no cause. */
const small = 0.02;

/** A miss and its largest cause in one sentence. */
export function residualSentence({ predictedPps, measuredPps, causes }: Omit<Residual, 'sentence'>): string {
  const miss = measuredPps - predictedPps;
  const percent = (pps: number) => `${Math.abs((100 * pps) / predictedPps).toFixed(1)} %`;
  const size = `${percent(miss)} ${miss < 0 ? 'less' : 'more'} than predicted`;
  if (Math.abs(miss) <= small * measuredPps) return `The run delivered ${size}: too little to look for a cause.`;
  // What goes the same way as the miss can be its cause.
  const [main] = causes.filter(({ pps }) => pps * miss > 0).sort((a, b) => Math.abs(b.pps) - Math.abs(a.pps));
  if (!main) return `The run delivered ${size}.`;
  const share = `(${main.pps < 0 ? '−' : '+'}${percent(main.pps)}${main.evidence ? `; ${main.evidence}` : ''})`;
  return `The run delivered ${size}, most of all because ${words[main.cause]} ${share}.`.replace('because for no reason', 'for no reason');
}
