import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';
import { InputError } from '../experiment/index.js';

/** Longer files are not read: a thousand hosts have a fifth of it. */
const mostBytes = 1_000_000;
/** An alias that is repeated more often is a bomb, not a convenience. */
const mostAliases = 100;

/**
 * Reads a YAML file that anybody may have written; JSON is YAML too.
 *
 * @param what the kind of file, for the message when it is not there: `hosts file`
 * @throws {InputError} with one line that names the file and what is wrong: not there, not a regular file, too long, not YAML
 */
export function readYamlFile(file: string, what: string): unknown {
  const name = path.basename(file);
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isFile()) throw new InputError(`${name}: must be a ${what} that exists, got ${JSON.stringify(file)}`);
  if (found.size > mostBytes) throw new InputError(`${name}: file must be at most ${mostBytes} bytes, got ${found.size}`);
  const document = parseDocument(readFileSync(file, 'utf8'), { version: '1.2', schema: 'core', uniqueKeys: true, prettyErrors: true });
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem) throw new InputError(`${name}: must be YAML (${problem.message.split('\n')[0]?.replace(/:$/, '')})`);
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    throw new InputError(`${name}: must be YAML (${(error as Error).message.split('\n')[0]})`);
  }
}
