import { HostError, InputError, StabilityError } from '../experiment/index.js';

/** Exit codes of mpps. */
export const exitCodes = { done: 0, failed: 1, wrongInput: 2, cannotHere: 3, notTrusted: 4, interrupted: 130 } as const;

/** The exit code that an error means. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof Error && error.name === 'AbortError') return exitCodes.interrupted;
  if (error instanceof InputError) return exitCodes.wrongInput;
  if (error instanceof StabilityError) return exitCodes.notTrusted;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS')) return exitCodes.wrongInput;
  if (error instanceof HostError || ['EPERM', 'EACCES', 'ENATIVE'].includes(String(code))) return exitCodes.cannotHere;
  return exitCodes.failed;
}
