import path from 'node:path';
import { type Hosts, parseHostsFile } from '../experiment/index.js';
import { readYamlFile } from '../records/read-yaml-file.js';

/**
 * Reads a hosts file, YAML or JSON. Nothing is contacted.
 *
 * @throws {InputError} with one line that names file, place, rule and value
 */
export function readHostsFile(file: string): Hosts {
  return parseHostsFile(readYamlFile(file, 'hosts file'), path.basename(file));
}
