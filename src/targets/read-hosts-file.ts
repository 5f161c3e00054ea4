import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { type Hosts, InputError, parseHostsFile } from '../experiment/index.js';

/** Longer files are not read: a thousand hosts have a fifth of it. */
const mostBytes = 1_000_000;
/** An alias that is repeated more often is a bomb, not a convenience. */
const mostAliases = 100;

/**
 * Reads a hosts file, YAML or JSON. Nothing is contacted.
 *
 * @throws {InputError} with one line that names file, place, rule and value
 */
export function readHostsFile(file: string): Hosts {
  const name = path.basename(file);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new InputError(`${name}: must be a hosts file that exists, got ${JSON.stringify(file)}`);
  if (found.size > mostBytes) throw new InputError(`${name}: file must be at most ${mostBytes} bytes, got ${found.size}`);
  return parseHostsFile(parseYaml(readFileSync(file, 'utf8'), name), name);
}

function parseYaml(text: string, name: string): unknown {
  const document = parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: true, prettyErrors: true });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw new InputError(`${name}: must be YAML (${problem.message.split('\n')[0]?.replace(/:$/, '')})`);
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    throw new InputError(`${name}: must be YAML (${(error as Error).message.split('\n')[0]})`);
  }
}
