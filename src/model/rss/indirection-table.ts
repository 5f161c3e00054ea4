/**
 * The indirection table that `ethtool -X DEVICE weight ...` writes: queue q owns `weights[q]` parts of the entries, in
 * consecutive runs.
 *
 * @param weights whole numbers from 0, at least one above 0, sum at most `entries`
 * @param entries a power of two, 128 in common hardware
 * @throws {RangeError} when the weights do not fit the table
 * Source: fill_indir_table in ethtool.c.
 * @example
 * indirectionTable([3, 1], 8) // => [0, 0, 0, 0, 0, 0, 1, 1]
 */
export function indirectionTable(weights: number[], entries = 128): number[] {
  if (!Number.isInteger(entries) || entries < 1 || entries > 65536 || (entries & (entries - 1)) !== 0)
    throw new RangeError(`indirectionTable: entries must be a power of two up to 65536, got ${entries}`);
  for (const [queue, weight] of weights.entries()) {
    if (!Number.isInteger(weight) || weight < 0) throw new RangeError(`indirectionTable: weights[${queue}] must be an integer from 0, got ${weight}`);
  }
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (sum < 1 || sum > entries) throw new RangeError(`indirectionTable: weights must add up to a number from 1 to ${entries}, got ${sum}`);
  const table: number[] = [];
  let reached = 0;
  for (const [queue, weight] of weights.entries()) {
    reached += weight;
    while (table.length < Math.floor((entries * reached) / sum)) table.push(queue);
  }
  return table;
}
