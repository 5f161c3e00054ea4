import type { ReceivePath } from '../experiment/index.js';

/** Receive paths that the lab of one machine offers. */
export const labPaths = ['software-nic', 'veth', 'veth-rps'] as const satisfies readonly ReceivePath[];

export type LabPath = (typeof labPaths)[number];

/** Receive paths on which one machine measures: those of the lab, and loopback for who may make no namespaces. */
export const measurePaths = [...labPaths, 'loopback'] as const satisfies readonly ReceivePath[];

export type MeasurePath = (typeof measurePaths)[number];
