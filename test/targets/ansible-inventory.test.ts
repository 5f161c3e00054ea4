import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findProgram } from '../../src/host/index.js';
import { readAnsibleInventory } from '../../src/targets/index.js';

const missing = findProgram('ansible-inventory') ? null : 'ansible-inventory is missing; Debian: apt-get install ansible-core';
const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-ansible-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function inventory(text: string): string {
  const file = path.join(folder, `-my 'inventory'.ini`);
  writeFileSync(file, text);
  return file;
}

const receiver = `[receiver]\nleft ansible_host=10.0.0.1 ansible_user=root ansible_port=2222 mpps_interface=eth2 mpps_addresses='["192.168.254.1/24"]'\n`;
const sender = (name: string, rest: string) => `${name} mpps_interface=eth3 ${rest}\n`;

describe.skipIf(missing)(`readAnsibleInventory${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('takes hosts, ports and users from an inventory of a thousand', () => {
    const senders = Array.from({ length: 1000 }, (_, n) => sender(`s${n}`, `mpps_addresses='["10.${1 + (n >> 8)}.${n & 255}.1/8"]'`));
    const hosts = readAnsibleInventory(inventory(`${receiver}[senders]\n${senders.join('')}`));
    expect(hosts.receiver).toMatchObject({ name: 'left', ssh: 'ssh://root@10.0.0.1:2222', interface: 'eth2' });
    expect(hosts.senders).toHaveLength(1000);
  });

  it('refuses a host that ssh would take for an option, and ssh options it never takes at all', () => {
    expect(() =>
      readAnsibleInventory(
        inventory(`${receiver}[senders]\n${sender('evil', `ansible_host=-oProxyCommand=x mpps_addresses='["192.168.254.30/24"]'`)}`),
      ),
    ).toThrow(/senders\[0\]\.ssh must fit/);
    const hosts = readAnsibleInventory(
      inventory(`${receiver}[senders]\n${sender('s', `ansible_ssh_common_args='-o ProxyCommand=x' mpps_addresses='["192.168.254.30/24"]'`)}`),
    );
    expect(JSON.stringify(hosts)).not.toContain('ProxyCommand');
  });

  it('says in one line that a group is missing', () => {
    expect(() => readAnsibleInventory(inventory(receiver))).toThrow(/^[^\n]*senders must NOT have fewer than 1 items[^\n]*$/);
    expect(() => readAnsibleInventory(inventory(`[senders]\n${sender('s', '')}`))).toThrow(/group receiver must have one host, got 0/);
  });
});
