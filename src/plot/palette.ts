import type { LossPlace } from '../experiment/index.js';

/** What a packet can end as: delivered, lost at a place, or missing from the account. */
export type Fate = 'delivered' | LossPlace | 'unaccounted';

/**
 * Colours of the charts, from Okabe and Ito's set that colour-blind readers can tell apart.
 * Places where packets rarely die share a hue with a common place and differ in lightness.
 */
export const palette = {
  ink: '#222222',
  muted: '#555555',
  grid: '#dddddd',
  paper: '#ffffff',
  published: '#56b4e9',
  predicted: '#0072b2',
  predictedInterval: '#9ccbe8',
  heldOut: '#d55e00',
  measured: '#d55e00',
  guess: '#009e73',
  fates: {
    delivered: '#0072b2',
    sendBuffer: '#009e73',
    qdisc: '#56b4e9',
    nicRing: '#e69f00',
    backlog: '#f0e442',
    firewall: '#cc79a7',
    noPort: '#333333',
    checksum: '#7a3b5e',
    memory: '#8c3d00',
    socketBuffer: '#d55e00',
    inFlight: '#b8dff5',
    unaccounted: '#999999',
  } satisfies Record<Fate, string>,
} as const;
