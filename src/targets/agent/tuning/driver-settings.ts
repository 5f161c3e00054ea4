/** What ethtool prints of an interface, as the arguments that would set it so; null where that is not said. Texts of ethtool 6.1. */
export const driverSettings = {
  /** `ethtool -l`: the second block is the current one. @example driverSettings.channels('Current hardware settings:\nRX: 0\nCombined: 4\n') // => ['combined', '4'] */
  channels: (printed: string): string[] | null => currentNumber(printed, /Combined:\s+(\d+)/, 'combined'),
  /** `ethtool -g`. @example driverSettings.ring('Current hardware settings:\nRX: 512\n') // => ['rx', '512'] */
  ring: (printed: string): string[] | null => currentNumber(printed, /RX:\s+(\d+)/, 'rx'),
  /** `ethtool -c`. */
  rxUsecs: (printed: string): string[] | null => {
    const [, usecs] = /^rx-usecs:\s+(\d+)$/m.exec(printed) ?? [];
    return usecs === undefined ? null : ['rx-usecs', usecs];
  },
  /** `ethtool -n DEV rx-flow-hash udp4`. */
  hashFields: (printed: string): string[] | null => {
    const letters = Object.entries(fieldLetters).flatMap(([name, letter]) => (printed.includes(name) ? [letter] : []));
    return letters.length ? ['rx-flow-hash', 'udp4', letters.join('')] : null;
  },
  /** `ethtool -x`: the key. */
  hashKey: (printed: string): string[] | null => {
    const [, key] = /RSS hash key:\s*\n\s*([0-9a-f]{2}(?::[0-9a-f]{2})+)/.exec(printed) ?? [];
    return key === undefined ? null : ['hkey', key];
  },
  /** `ethtool -x`: the table, when it is the queues in turn, which alone can be set again. */
  spread: (printed: string): string[] | null => {
    const table = [...printed.matchAll(/^\s*\d+:((?:\s+\d+)+)\s*$/gm)].flatMap(([, row = '']) => row.trim().split(/\s+/).map(Number));
    const queues = Math.max(-1, ...table) + 1;
    return queues > 0 && table.every((queue, index) => queue === index % queues) ? ['equal', String(queues)] : null;
  },
};

const fieldLetters = { 'IP SA': 's', 'IP DA': 'd', 'L4 bytes 0 & 1': 'f', 'L4 bytes 2 & 3': 'n' };

function currentNumber(printed: string, pattern: RegExp, name: string): string[] | null {
  const [, value] = pattern.exec(printed.slice(printed.indexOf('Current hardware settings'))) ?? [];
  return value === undefined ? null : [name, value];
}
