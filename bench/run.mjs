#!/usr/bin/env node
// npm run bench -- NAME [--only EXPERIMENT] [--json]: runs bench/NAME.mjs, whose default export returns { name, rounds, ratios, notes }.
// Benches of several experiments take one of them alone, for machines that are quiet only for a minute.
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

const notBenches = ['run.mjs', 'alternate.mjs'];
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.mjs') && !notBenches.includes(file))
  .map((file) => file.slice(0, -4));
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const [name] = positionals;
if (!name || !names.includes(name)) {
  console.error(`bench: name must be one of ${names.join(', ')}, got ${name ?? 'none'}`);
  process.exit(2);
}
const { default: bench } = await import(`./${name}.mjs`);
const { notes, ...result } = await bench({ only: values.only });
if (values.json) console.log(JSON.stringify({ ...result, notes }));
else {
  const compares = Object.keys(result.ratios).length > 0;
  console.log(
    compares ? `${result.name}, median of ${result.rounds} alternating rounds, times as fast as` : `${result.name}, ${result.rounds} rounds`,
  );
  for (const [contender, { median, low, high }] of Object.entries(result.ratios))
    console.log(`  ${contender.padEnd(36)} ${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`);
  for (const note of notes) console.log(`  ${note}`);
}
