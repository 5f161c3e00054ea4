/**
 * Lets every contender run once in each round and compares inside rounds, so that a slow phase of the machine hits all alike.
 *
 * @param {number} rounds
 * @param {Record<string, () => number | Promise<number>>} contenders each returns the seconds that it took
 * @param {[string, string][]} pairs ours and the contender to compare it with
 * @returns {Promise<{ ratios: Record<string, { median: number, low: number, high: number }>, seconds: Record<string, number> }>} ratios by the
 *   contender's name, seconds as medians
 */
export async function alternate(rounds, contenders, pairs) {
  const names = Object.keys(contenders);
  const seconds = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) await contenders[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of names) seconds[name].push(await contenders[name]());
  }
  const ratios = pairs.map(([ours, contender]) => {
    const values = seconds[contender].map((value, round) => value / seconds[ours][round]).sort((a, b) => a - b);
    return [contender, { median: middle(values), low: values[0], high: values[values.length - 1] }];
  });
  return {
    ratios: Object.fromEntries(ratios),
    seconds: Object.fromEntries(names.map((name) => [name, middle(seconds[name].sort((a, b) => a - b))])),
  };
}

function middle(sorted) {
  return sorted[Math.floor(sorted.length / 2)];
}
