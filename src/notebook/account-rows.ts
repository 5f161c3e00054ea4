import type { Losses, Outcome } from '../experiment/index.js';
import { fateNames } from '../plot/index.js';

/** One line of a run's account. */
export interface AccountRow {
  packets: number;
  fate: string;
}

/** The account of a run from start to drain: sent = delivered + each loss + unaccounted. Places that lost nothing are left out. */
export function accountRows({ offeredPackets = 0, deliveredPackets = 0, lossesPackets = {}, unaccountedPackets = 0 }: Outcome): AccountRow[] {
  const losses = (Object.entries(lossesPackets) as [keyof Losses, number][]).filter(([, packets]) => packets !== 0);
  return [
    { packets: offeredPackets, fate: 'sent' },
    { packets: deliveredPackets, fate: fateNames.delivered },
    ...losses.map(([place, packets]) => ({ packets, fate: `lost: ${fateNames[place]}` })),
    { packets: unaccountedPackets, fate: fateNames.unaccounted },
  ];
}
