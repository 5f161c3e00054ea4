import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findProgram, Journal } from '../../../src/host/index.js';
import { Lab, labObstacles } from '../../../src/lab/index.js';
import { changeDriver } from '../../../src/targets/agent/tuning/change-driver.js';
import { driverSettings } from '../../../src/targets/agent/tuning/driver-settings.js';
import { runEthtool } from '../../../src/targets/agent/tuning/run-ethtool.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-ethtool-'));
const { PATH } = process.env;
const journal = Journal.open(path.join(folder, 'journal'), 'mpps-test');
beforeAll(() => {
  process.env.PATH = `${folder}:${PATH}`;
});
afterAll(() => {
  process.env.PATH = PATH;
  rmSync(folder, { recursive: true, force: true });
});

/** Stands for ethtool with a driver of its own: what it prints when asked, and a shell's words for what it does when told. */
function ethtool(shown: string, change: string): void {
  const file = path.join(folder, 'ethtool');
  const settings = path.join(folder, 'shown');
  writeFileSync(settings, shown);
  writeFileSync(file, `#!/bin/sh\ncase "$1" in -n|-g) cat '${settings}';; *) ${change.replaceAll('SETTINGS', settings)};; esac\n`);
  chmodSync(file, 0o755);
}
const fields = (names: string[]) =>
  `UDP over IPV4 flows use these fields for computing Hash flow key:\n${names.map((name) => `${name}\n`).join('')}\n`;
const addresses = fields(['IP SA', 'IP DA']);
const ring = (packets: number) => `Ring parameters for eth2:\nCurrent hardware settings:\nRX:\t\t${packets}\n`;

const hashPorts = () =>
  changeDriver(journal, 'eth2', '-N', ['rx-flow-hash', 'udp4', 'sdfn'], ['-n', 'rx-flow-hash', 'udp4'], driverSettings.hashFields);
const moreRing = () => changeDriver(journal, 'eth2', '-G', ['rx', '1000'], ['-g'], driverSettings.ring);

describe('a change of a driver’s settings', () => {
  // What the article's NIC answers; ethtool 6.1 exits with 0 all the same.
  const refusal = 'Cannot change RX network flow hashing options: Operation not supported';

  it.each([0, 1])('is told as refused in the article’s words, also where ethtool exits with %i', (status) => {
    ethtool(addresses, `echo '${refusal}' >&2; exit ${status}`);
    expect(hashPorts).toThrow(refusal);
  });

  it('is told in the same words by an ethtool that speaks netlink', () => {
    ethtool(ring(512), "echo 'netlink error: Operation not supported' >&2; exit 81");
    expect(moreRing).toThrow(/^Cannot set device ring parameters: Operation not supported$/);
  });

  it('is not believed where the driver says yes and changes nothing', () => {
    ethtool(addresses, 'exit 0');
    expect(hashPorts).toThrow(/the driver took it and left rx-flow-hash udp4 sd as it was/);
  });

  it('is told as it came out: as asked, or as the driver rounds it', () => {
    ethtool(addresses, `printf '${fields(['IP SA', 'IP DA', 'L4 bytes 0 & 1', 'L4 bytes 2 & 3']).replaceAll('\n', '\\n')}' > SETTINGS`);
    expect(hashPorts()).toBe('ethtool -N eth2 rx-flow-hash udp4 sdfn (was rx-flow-hash udp4 sd)');
    ethtool(ring(512), `printf '${ring(1024).replaceAll('\n', '\\n').replaceAll('\t', '\\t')}' > SETTINGS`);
    expect(moreRing()).toBe('ethtool -G eth2 rx 1000 (was rx 512, the driver made it rx 1024)');
  });
  it('journals the settings that go with it before itself, so that they are brought back after it', () => {
    ethtool(ring(512), `printf '${ring(256).replaceAll('\n', '\\n').replaceAll('\t', '\\t')}' > SETTINGS`);
    const own = Journal.open(path.join(folder, 'order'), 'mpps-order');
    changeDriver(own, 'eth2', '-G', ['rx', '256'], ['-g'], driverSettings.ring, [{ option: '-X', before: ['equal', '4'] }]);
    const changes = Journal.all(path.join(folder, 'order')).flatMap((journal) => journal.changes);
    expect(changes).toMatchObject([
      { option: '-X', before: ['equal', '4'] },
      { option: '-G', before: ['rx', '512'] },
    ]);
  });
});

const reason = labObstacles()[0] ?? (findProgram('ethtool') ? undefined : 'there is no ethtool');

describe.skipIf(reason)(`the ethtool of this machine${reason ? ` (skipped: ${reason})` : ''}`, () => {
  it('refuses on a veth what a veth has not, in words that end alike', () => {
    rmSync(path.join(folder, 'ethtool'), { force: true });
    const lab = Lab.open();
    try {
      const entered = `#!/bin/sh\nexec nsenter --net=${lab.receiver.namespace} ${findProgram('ethtool')} "$@"\n`;
      writeFileSync(path.join(folder, 'ethtool'), entered);
      chmodSync(path.join(folder, 'ethtool'), 0o755);
      const refused: [string, ...string[]][] = [['-N', 'rx-flow-hash', 'udp4', 'sdfn'], ['-n', 'rx-flow-hash', 'udp4'], ['-x'], ['-g'], ['-c']];
      for (const [option, ...rest] of refused)
        expect(() => runEthtool(option, lab.receiver.device, ...rest), option).toThrow(/^Cannot .*: Operation not supported/);
      expect(runEthtool('-l', lab.receiver.device)).toContain('Channel parameters');
    } finally {
      lab.close();
    }
  });
});
