import type { CostName, PartedCostName } from '../../experiment/cost.js';

/** What is believed of a cost before the figures are seen: a log-normal distribution. */
export interface Prior<Name extends CostName | PartedCostName = CostName> {
  cost: Name;
  /** Median. */
  centre: number;
  /** Standard deviation of the logarithm. */
  spread: number;
  /** Where the centre comes from, without the figures that are fitted. */
  source: string;
}
