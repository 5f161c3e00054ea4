import { createRequire } from 'node:module';

/** What this room uses of tslab: one place on the page, which a second call overwrites when it came from `newDisplay`. */
export interface KernelDisplay {
  html(text: string): void;
  markdown(text: string): void;
}

interface Tslab {
  display: KernelDisplay;
  newDisplay(): KernelDisplay;
}

/** tslab's display functions inside a kernel; null anywhere else, so that the same code runs in scripts and tests. */
export function kernelDisplay(): Tslab | null {
  // Loading tslab loads a whole TypeScript compiler: only a kernel, which has it already, may do so.
  if (!('__tslab__' in globalThis)) return null;
  return createRequire(import.meta.url)('tslab') as Tslab;
}
