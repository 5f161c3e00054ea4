import type { ReceivePath } from '../experiment/index.js';

/** Receive paths that the lab of one machine offers. */
export const labPaths = ['software-nic', 'veth', 'veth-rps'] as const satisfies readonly ReceivePath[];

export type LabPath = (typeof labPaths)[number];
