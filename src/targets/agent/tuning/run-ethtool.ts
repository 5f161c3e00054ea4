import { spawnSync } from 'node:child_process';

/** What ethtool itself said of a refused option before it spoke netlink (5.8), which knows only "netlink error". */
const words: Record<string, string> = {
  '-c': 'Cannot get device coalesce settings',
  '-C': 'Cannot set device coalesce parameters',
  '-g': 'Cannot get device ring settings',
  '-G': 'Cannot set device ring parameters',
  '-l': 'Cannot get device channel parameters',
  '-L': 'Cannot set device channel parameters',
  '-n': 'Cannot get RX network flow hashing options',
  '-N': 'Cannot change RX network flow hashing options',
  '-x': 'Cannot get RX flow hash configuration',
  '-X': 'Cannot set RX flow hash configuration',
};

/**
 * Runs ethtool.
 *
 * @returns what it printed
 * @throws {Error} with code and syscall, in the words in which ethtool refuses ("Operation not supported"), also where it exits with 0 though the
 *   driver refused: `ethtool -N DEVICE rx-flow-hash` does (6.1)
 */
export function runEthtool(option: string, device: string, ...rest: string[]): string {
  const { error, status, stdout, stderr } = spawnSync('ethtool', [option, device, ...rest], { encoding: 'utf8', timeout: 30_000 });
  if (error) throw error;
  if (status === 0 && !stderr.startsWith('Cannot ')) return stdout;
  throw Object.assign(new Error(refusalOf(option, stderr) || `ethtool ${option} ${device}: exit code ${status}`), {
    code: 'ECOMMAND',
    syscall: 'ethtool',
  });
}

/** What ethtool printed when it refused, alike for all its releases. */
function refusalOf(option: string, printed: string): string {
  const lines = printed.trim().split('\n');
  return lines.map((line) => (words[option] ? line.replace(/^netlink error(?=: )/, words[option]) : line)).join(' ');
}
