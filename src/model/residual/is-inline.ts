import type { Run } from '../../experiment/run.js';

/** Says whether the receive path of a run ran inside the sender's system call. */
export function isInline({ plan: { receivePath } }: Pick<Run, 'plan'>): boolean {
  return receivePath === 'veth' || receivePath === 'loopback';
}
