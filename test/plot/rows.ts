import type { Outcome, Residual } from '../../src/index.js';
import type {
  Answer,
  PacketPathStage,
  PpsSeries,
  PredictedVersusMeasuredRow,
  PublishedVersusPredictedRow,
  RateCell,
  RateCurve,
  SetRun,
  WhereThePacketsWentRow,
} from '../../src/plot/index.js';

/** Rows as the kit makes them, for all tests of charts: article figures with the fit of reference, and runs of a small host. */
export const publishedRows: PublishedVersusPredictedRow[] = [
  {
    id: 'naive',
    title: 'Nothing pinned, the scheduler decides',
    publishedPps: 235_897,
    low: 195_180,
    high: 351_602,
    predictedPps: 236_300,
    role: 'reproduced',
  },
  { id: 'pinned', title: 'Sender and receiver pinned', publishedPps: 366_636, low: 359_504, high: 373_918, predictedPps: 360_770, role: 'fitted' },
  {
    id: 'two-senders-one-ip',
    title: 'Two sending threads, one address',
    publishedPps: 352_900,
    low: 349_000,
    high: 354_000,
    predictedPps: 360_660,
    role: 'fitted',
  },
  {
    id: 'place-ht-sibling',
    title: 'Reader on the hyper-thread beside the softirq',
    publishedPps: 200_000,
    low: 200_000,
    high: 200_000,
    predictedPps: 200_600,
    role: 'reproduced',
  },
  {
    id: 'two-ips',
    title: 'Two receiving addresses, two RX queues',
    publishedPps: 638_300,
    low: 610_000,
    high: 656_000,
    predictedPps: 624_900,
    role: 'fitted',
  },
  {
    id: 'many-queues-one-reader',
    title: 'Many RX queues, one reader',
    publishedPps: 437_000,
    low: 420_000,
    high: 452_000,
    predictedPps: 389_400,
    role: 'heldOut',
  },
  {
    id: 'reuseport-four',
    title: 'Four threads with SO_REUSEPORT, two of them idle',
    publishedPps: 1_129_000,
    low: 1_114_000,
    high: 1_147_000,
    predictedPps: 1_169_600,
    role: 'fitted',
  },
  {
    id: 'aligned-four',
    title: 'Four threads, each beside its queue',
    publishedPps: 1_400_000,
    low: 1_400_000,
    high: 1_400_000,
    predictedPps: 1_446_000,
    role: 'heldOut',
  },
  {
    id: 'aligned-other-node',
    title: 'Four threads on the other NUMA node',
    publishedPps: 1_000_000,
    low: 1_000_000,
    high: 1_000_000,
    predictedPps: 880_000,
    role: 'heldOut',
    upTo: true,
  },
];

export const measuredRows: PredictedVersusMeasuredRow[] = [
  {
    id: 'naive',
    title: 'Nothing pinned',
    predictedPps: 412_000,
    low: 300_000,
    high: 520_000,
    measured: [391_000, 455_000, 352_000, 407_000, 498_000],
  },
  { id: 'pinned', title: 'Sender and receiver pinned', predictedPps: 521_000, low: 478_000, high: 566_000, measured: [508_200, 511_900, 515_400] },
  {
    id: 'place-same-cpu',
    title: 'Sender and reader on one CPU',
    predictedPps: 214_000,
    low: 190_000,
    high: 240_000,
    measured: [231_000, 228_500, 233_700],
  },
  { id: 'two-ips', title: 'Two addresses', predictedPps: 533_000, low: 480_000, high: 590_000, measured: [547_000, 552_000, 541_000] },
  {
    id: 'two-threads-one-socket',
    title: 'Two threads on one socket',
    predictedPps: 438_000,
    low: 400_000,
    high: 474_000,
    measured: [341_000, 352_000, 338_000],
  },
  {
    id: 'reuseport-four',
    title: 'Four threads with SO_REUSEPORT',
    predictedPps: 518_000,
    low: 470_000,
    high: 570_000,
    measured: [529_000, 507_000, 536_000],
  },
  { id: 'work-20us', title: '20 µs of work on each packet', predictedPps: 46_900, low: 45_200, high: 48_600, measured: [47_800, 47_650, 47_900] },
  { id: 'batch-1', title: 'One packet a recvmmsg call', predictedPps: 297_000, low: 260_000, high: 334_000, measured: [] },
];

export const lossRows: WhereThePacketsWentRow[] = [
  { id: 'pinned', title: 'Sender and receiver pinned', delivered: 731_204, losses: { socketBuffer: 81_377, noPort: 0 }, unaccounted: 0 },
  {
    id: 'two-senders-one-ip',
    title: 'Two sending threads, one address',
    delivered: 705_800,
    losses: { sendBuffer: 12_400, nicRing: 902_600, socketBuffer: 14_200 },
    unaccounted: 310,
  },
  {
    id: 'veth-rps',
    title: 'Flood over veth with RPS',
    delivered: 498_000,
    losses: {
      qdisc: 3_100,
      backlog: 311_000,
      firewall: 18_800,
      checksum: 6_200,
      memory: 9_400,
      socketBuffer: 210_500,
      inFlight: 5_100,
      noPort: 14_000,
    },
    unaccounted: 27_400,
  },
  {
    id: 'same-cpu',
    title: 'Reader on the CPU of the softirq, overloaded',
    delivered: 21_000,
    losses: { nicRing: 1_210_000, socketBuffer: 380_000 },
    unaccounted: -1_800,
  },
];

const pointsOf = (sentPps: number, deliveredPps: number) =>
  Array.from({ length: 30 }, (_, step) => {
    const tS = (step + 1) / 10;
    const rise = Math.min(1, tS / 0.3) * (tS > 2.7 ? 0.4 : 1);
    const wave = 1 + 0.03 * Math.sin(step * 1.7);
    const sent = Math.round(sentPps * rise);
    const delivered = Math.round(Math.min(sent, deliveredPps * wave));
    return { tS, sentPps: sent, deliveredPps: delivered, lostPps: sent - delivered };
  });

export const timeSeries: PpsSeries[] = [
  { label: 'Sender and receiver pinned', points: pointsOf(812_000, 521_000), window: { fromS: 0.5, toS: 2.5 } },
  { label: 'Two threads on one socket', points: pointsOf(815_000, 343_000), window: { fromS: 0.5, toS: 2.5 } },
];

export const pathStages: PacketPathStage[] = [
  { name: 'sender', ratePps: 810_000, capacityPps: 818_000, lostPps: 0, counter: '' },
  { name: 'wire', ratePps: 810_000, capacityPps: 14_880_952, lostPps: 0, counter: '' },
  { name: 'RSS', ratePps: 810_000, capacityPps: null, lostPps: 0, counter: '' },
  { name: 'RX ring', ratePps: 810_000, capacityPps: 367_000, lostPps: 443_000, counter: 'rx_nodesc_drop_cnt' },
  { name: 'softirq', ratePps: 367_000, capacityPps: 367_000, lostPps: 0, counter: '' },
  { name: 'socket buffer', ratePps: 367_000, capacityPps: null, lostPps: 14_000, counter: 'Udp: RcvbufErrors' },
  { name: 'reader', ratePps: 353_000, capacityPps: 353_000, lostPps: 0, counter: '' },
];

/** Answers to one question, for two hosts. */
export const answerRows: Answer[] = [
  {
    id: 'article-predicted',
    title: 'predicted',
    kind: 'predicted',
    host: 'the article',
    pps: 605_849,
    low: 520_000,
    high: 690_000,
    range: '90 % prediction interval',
  },
  {
    id: 'article-simulated',
    title: 'simulated',
    kind: 'simulated',
    host: 'the article',
    pps: 605_335,
    low: 602_375,
    high: 608_294,
    range: '95 % confidence interval',
  },
  {
    id: 'article-published',
    title: 'published',
    kind: 'published',
    host: 'the article',
    pps: 638_334,
    low: 609_449,
    high: 656_648,
    range: 'range of the lines',
  },
  {
    id: 'machine-measured',
    title: 'measured',
    kind: 'measured',
    host: 'a machine',
    pps: 247_008,
    low: 183_858,
    high: 248_886,
    range: 'range of the runs',
  },
];

/** One thing changed, with and without another. */
export const curves: RateCurve[] = [
  {
    label: 'one address',
    points: [
      { x: 1, pps: 360_000 },
      { x: 2, pps: 360_000 },
    ],
  },
  {
    label: 'two addresses',
    points: [
      { x: 1, pps: 360_000 },
      { x: 2, pps: 606_000 },
    ],
    as: 'dots',
  },
];
/** Queues and CPUs of a run: one queue full beside the wire, one with room, one that no CPU is pinned to; a third CPU sleeps. */
export const queueLoads: Pick<Outcome, 'queues' | 'cpus'> = {
  queues: [
    { queue: 5, cpu: 1, offeredPps: 338_000, servicedPps: 337_500 },
    { queue: 3, cpu: 0, offeredPps: 340_000, servicedPps: 301_000 },
    { queue: 7, cpu: null, offeredPps: 12_000, servicedPps: 12_000 },
  ],
  cpus: [
    { cpu: 0, softirq: 0.66, system: 0.34, user: 0, steal: 0, idle: 0 },
    { cpu: 1, softirq: 0.57, system: 0.36, user: 0.03, steal: 0, idle: 0.04 },
    { cpu: 2, softirq: 0, system: 0, user: 0, steal: 0, idle: 1 },
  ],
};
export const residual: Residual = {
  run: 'place-same-cpu-20261123t170630z-4b62',
  experiment: 'place-same-cpu',
  predictedPps: 291_200,
  measuredPps: 221_700,
  causes: [
    { cause: 'model', pps: 0, evidence: '' },
    { cause: 'reader', pps: 51_000, evidence: '' },
    { cause: 'softirq', pps: 8_900, evidence: '' },
    { cause: 'source', pps: -8_700, evidence: '' },
    { cause: 'socketBuffer', pps: -116_400, evidence: '' },
    { cause: 'unexplained', pps: -4_300, evidence: '' },
  ],
  sentence: 'The run delivered 24 % less than predicted.',
};

export const rateCells: RateCell[] = [
  { column: '300,000', row: '8,192', pps: 298_000 },
  { column: '400,000', row: '8,192', pps: 352_000 },
  { column: '300,000', row: '65,536', pps: 300_000 },
  { column: '400,000', row: '65,536', pps: 391_000 },
  { column: '300,000', row: '1', pps: null },
  { column: '400,000', row: '1', pps: 0 },
];

/** Two sets on one axis: one that its intervals hold, one far off. */
export const setRuns: SetRun[] = [
  { set: 'mine', predictedPps: 50_000, measuredPps: 49_500, isInside: true },
  { set: 'mine', predictedPps: 280_000, measuredPps: 310_000, isInside: true },
  { set: 'yours', predictedPps: 50_000, measuredPps: 31_000, isInside: false },
  { set: 'yours', predictedPps: 100_000, measuredPps: 2_000_000, isInside: false },
];
