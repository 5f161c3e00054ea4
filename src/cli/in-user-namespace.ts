import { spawnSync } from 'node:child_process';
import { findProgram, runCommand } from '../host/index.js';
import { lacksPrivileges, takeLock } from '../lab/index.js';
import { exitCodes } from './exit-code.js';

/** Set in the process that runs inside. */
const mark = 'MPPS_USER_NAMESPACE';

/** Says whether this process was started by inUserNamespace. */
export const isInUserNamespace = (): boolean => process.env[mark] !== undefined;

/**
 * Runs a command line again inside a user namespace, where a user without privileges may make network namespaces. Nothing that is made there
 * outlives it. The machine's measurement lock is held out here: inside, another network namespace hides it.
 *
 * @param say told in one line what this means
 * @returns the exit code of the run inside; null when there is no need, when this already is inside, or when the kernel does not allow it
 */
export async function inUserNamespace(script: string, argv: readonly string[], say: (text: string) => void): Promise<number | null> {
  if (isInUserNamespace()) {
    // Names of network namespaces live in /run/netns, which is not this user's; this mount is seen by nobody else.
    runCommand(['mount', '-t', 'tmpfs', 'tmpfs', '/run']);
    return null;
  }
  if (!lacksPrivileges() || !findProgram('unshare')) return null;
  const unshare = ['--user', '--map-root-user', '--mount', '--net'];
  if (spawnSync('unshare', [...unshare, 'true']).status !== 0) return null;
  const lock = await takeLock({ onWait: () => say('waiting for another measurement to end') });
  say('not root: measuring inside a user namespace; the software NIC and the limits of the host stay out of reach there');
  try {
    const { status } = spawnSync('unshare', [...unshare, '--', process.execPath, script, ...argv], {
      stdio: 'inherit',
      env: { ...process.env, [mark]: '1' },
    });
    return status ?? exitCodes.failed;
  } finally {
    await lock.release();
  }
}
