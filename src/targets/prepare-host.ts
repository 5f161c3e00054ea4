import { HostError } from '../experiment/index.js';
import { bundleDigest, bundleStream } from './bundle.js';
import { isNodeRecent } from './is-node-recent.js';
import { openLink } from './open-link.js';
import { probeHost } from './probe-host.js';
import type { SshConnection } from './ssh/connection.js';
import { plainLine } from './ssh/plain-line.js';

/** Kit and, where needed, Node.js, unpacked. */
const neededBytes = { kit: 20e6, node: 150e6 };
const installS = 600;

/**
 * Copies the kit to a host, unless the same is there already, and makes sure that it starts.
 *
 * @returns one line that says what was done
 * @throws {HostError} of one line: who, why, what to do
 */
export async function prepareHost(connection: SshConnection): Promise<string> {
  const { name } = connection.host;
  const probe = await probeHost(connection);
  const fail = (why: string): never => {
    throw new HostError(`${name}: ${why}`);
  };
  if (probe.system !== 'Linux') fail(`measuring needs Linux, this is ${probe.system}`);
  if (probe.architecture !== process.arch)
    fail(`it is a ${probe.architecture} machine and this kit is built for ${process.arch}; run mpps from such a machine`);
  if (/musl/i.test(probe.library)) fail('its C library is musl; the addon needs glibc');
  if (probe.kitDigest === bundleDigest()) {
    await greet(connection);
    return `${name}: the kit is there already`;
  }
  const withNode = probe.nodeVersion === null || !isNodeRecent(probe.nodeVersion);
  const needed = neededBytes.kit + (withNode ? neededBytes.node : 0);
  if (probe.freeBytes < needed)
    fail(`its disk has ${megabytes(probe.freeBytes)} free where the home lies, the kit needs ${megabytes(needed)}; make room`);
  const { status, stderr } = await connection.run('install', bundleStream(withNode), installS);
  if (status !== 0) fail(`the kit could not be unpacked: ${plainLine(stderr) || `exit code ${status}`}`);
  await greet(connection);
  return `${name}: the kit was copied${withNode ? ' with Node.js' : ''}`;
}

async function greet(connection: SshConnection): Promise<void> {
  const { link } = await openLink(connection);
  await link.close();
}

function megabytes(bytes: number): string {
  return `${Math.floor(bytes / 1e6)} MB`;
}
