import type { Scenario } from '../solve/scenario.js';
import type { CostValues } from '../stages/cost-values.js';
import { sendPacketNs, sourceCorePps } from '../stages/source-core.js';
import { wirePacketNs } from '../stages/wire-source.js';

/** More packets than anybody waits for: an hour of simulating. */
const mostPackets = 1e10;

/** Refuses a window in which sources that cost next to nothing would send without end. @throws {RangeError} with the longest window */
export function checkLoad({ sources, wirePps, receivePath }: Scenario, costs: CostValues, seconds: number): void {
  const receiving = receivePath === 'physical-nic' ? 0 : costs.softirqNs;
  const sendingPps = sources.reduce(
    (sum, { offeredPps, batchPackets, wire }) =>
      sum + sourceCorePps(offeredPps, wire ? wirePacketNs(costs) : sendPacketNs(batchPackets, costs) + receiving),
    0,
  );
  const pps = Math.min(sendingPps, wirePps);
  if (pps * seconds > mostPackets)
    throw new RangeError(
      `simulate: seconds must be at most ${(mostPackets / pps).toPrecision(2)} for ${pps.toPrecision(2)} packets a second, got ${seconds}`,
    );
}
