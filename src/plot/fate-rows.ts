import type { MachineRow } from '../records/machine-table.js';
import type { WhereThePacketsWentRow } from './where-the-packets-went.js';

/** Rows of `machineTable` as rows for `whereThePacketsWent`. */
export function fateRows(rows: readonly MachineRow[]): WhereThePacketsWentRow[] {
  return rows.map(({ id, title, deliveredPackets, lossesPackets, unaccountedPackets }) => ({
    id,
    title,
    delivered: deliveredPackets,
    losses: lossesPackets,
    unaccounted: unaccountedPackets,
  }));
}
