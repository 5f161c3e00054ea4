/**
 * Coupling: a source that sends its packets to one flow after the other, one each, brings them to the CPUs behind at related times. When packets
 * come fast both of two CPUs are busy, and when they are scarce both are idle, so they are busy together more often than by chance.
 *
 * @param filling shares of time in which each of the two CPUs is at its packets
 * @param flows that the source goes through
 * @param places from the first flow to the second, 1 to flows - 1
 * @returns probability that the second is busy while the first is idle
 * Source: a packet stays for an exponential time (GI/M/1), such that each CPU is busy as often as given; both times are taken as independent, but not
 * the times since the last packet of each, which are sums of gaps that the two share. Packets leave the source at random.
 */
export function busyWhileIdle([first, second]: readonly [number, number], flows: number, places: number): number {
  if (first >= 1 || first <= 0 || second <= 0 || second >= 1) return second;
  const [u, v] = [stillThere(first, flows), stillThere(second, flows)];
  // That both packets are still there after a gap in which both could have left.
  const both = 1 / (1 / u + 1 / v - 1);
  let idle = 0;
  for (let since = 1; since <= flows; since++) {
    const sinceSecond = since > places ? since - places : since + flows - places;
    const shared = Math.min(since, sinceSecond);
    idle += 1 - u ** since - v ** sinceSecond + both ** shared * u ** (since - shared) * v ** (sinceSecond - shared);
  }
  return Math.min(second, Math.max(0, 1 - idle / flows / (1 - first)));
}

/** Probability that a flow's last packet is still there after one more gap, from (u + u² + ... + u^flows) / flows = filling. */
function stillThere(filling: number, flows: number): number {
  let u = filling;
  for (let step = 0; step < 30; step++) {
    let [sum, slope, power] = [0, 0, 1];
    for (let n = 1; n <= flows; n++) {
      slope += n * power;
      power *= u;
      sum += power;
    }
    const change = (filling * flows - sum) / slope;
    u += change;
    if (Math.abs(change) < 1e-12) break;
  }
  return Math.min(1, Math.max(1e-12, u));
}
