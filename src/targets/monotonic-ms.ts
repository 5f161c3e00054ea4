/** This machine's monotonic clock, the one that agents are asked about, in milliseconds. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
