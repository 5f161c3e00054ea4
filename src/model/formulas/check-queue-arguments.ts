/** Refuses loads and capacities for which a finite queue has no meaning. */
export function checkQueueArguments(name: string, rho: number, capacity: number): void {
  if (typeof rho !== 'number') throw new TypeError(`${name}: rho must be a number, got ${typeof rho}`);
  if (typeof capacity !== 'number') throw new TypeError(`${name}: capacity must be a number, got ${typeof capacity}`);
  if (!(rho >= 0 && Number.isFinite(rho))) throw new RangeError(`${name}: rho must be finite and at least 0, got ${rho}`);
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`${name}: capacity must be an integer from 1, got ${capacity}`);
}
