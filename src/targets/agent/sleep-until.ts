/** Longest that anybody may be made to wait. */
const mostMs = 10_000;

/** Waits for an instant of this host's monotonic clock, in nanoseconds; at once when it has passed. */
export async function sleepUntil(atNs: number): Promise<void> {
  const ms = (atNs - Number(process.hrtime.bigint())) / 1e6;
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(ms, mostMs)));
}
