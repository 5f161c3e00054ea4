const interruptSymbol = Symbol.for('million-packets.interrupt');

let current: AbortController | null = null;

/**
 * Signal that aborts when the notebook's stop button is pressed: pass it to anything that runs for seconds.
 * Each press aborts the signals handed out before it; a later call returns a fresh one. The
 * reason is an AbortError. Outside a kernel it never aborts.
 * @example const run = await measure(experiment, { lab, signal: interruptSignal() });
 */
export function interruptSignal(): AbortSignal {
  if (current === null) {
    const controller = new AbortController();
    current = controller;
    // The launcher owns the one SIGINT listener: one added by a cell would let the next interrupt kill the kernel.
    const kernel: unknown = (globalThis as Record<symbol, unknown>)[interruptSymbol];
    if (kernel instanceof EventTarget) {
      const abort = () => {
        current = null;
        controller.abort();
      };
      kernel.addEventListener('interrupt', abort, { once: true });
    }
  }
  return current.signal;
}
