import { min } from 'simple-statistics';
import type { CpuSpeed } from '../experiment/index.js';
import { readTopology } from '../host/index.js';
import { aluProbeNs } from '../native/alu-probe-ns.js';
import { pinThread } from '../native/pin-thread.js';

/** Probes of a CPU; an interrupt in one of them makes it too long, never too short. */
const probes = 5;

/** Speed of each CPU of this machine now. The calling thread visits them all, a millisecond each, and is free again afterwards. */
export function probeSpeeds(): CpuSpeed[] {
  try {
    return readTopology().map(({ cpu }) => {
      pinThread(cpu);
      return { cpu, aluNs: min(Array.from({ length: probes }, aluProbeNs)) };
    });
  } finally {
    pinThread(null);
  }
}
