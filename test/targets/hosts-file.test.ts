import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { InputError, parseHostsFile } from '../../src/experiment/index.js';
import { readHostsFile } from '../../src/targets/read-hosts-file.js';

const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-hosts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const pair = {
  receiver: { ssh: 'left', interface: 'eth2', addresses: ['192.168.254.1/24'] },
  senders: [{ ssh: 'right', interface: 'eth3', addresses: ['192.168.254.30/24'] }],
};
const withSsh = (ssh: string) => ({ ...pair, receiver: { ...pair.receiver, ssh } });

function file(text: string, name = 'hosts.yaml'): string {
  const target = path.join(folder, name);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  return target;
}

describe('a hosts file', () => {
  it('gets caps, consents and labels by default, and consents to nothing by itself', () => {
    expect(parseHostsFile(pair)).toMatchObject({
      receiver: { name: 'receiver', sudo: false, allow: [] },
      senders: [{ name: 'sender-1' }],
      caps: { maxPps: 10_000_000, maxSeconds: 30 },
      allowRouted: false,
    });
  });

  it.each(['left', 'root@left', 'ssh://root@left:2222', '10.0.0.1', 'fe80::1%eth0', 'ssh://[2001:db8::1]:22'])('takes the destination %s', (ssh) => {
    expect(parseHostsFile(withSsh(ssh)).receiver.ssh).toBe(ssh);
  });

  it.each([
    '-oProxyCommand=touch /tmp/pwned',
    '-oProxyCommand=x',
    'user@-oProxyCommand=x',
    '-left',
    'ssh://-oProxyCommand=x',
    'left right',
    'left\nright',
    'left\u0000',
    'left;reboot',
    '$(reboot)',
    "left'",
    '',
  ])('refuses the destination %j in one line', (ssh) => {
    expect(() => parseHostsFile(withSsh(ssh))).toThrow(InputError);
    expect(() => parseHostsFile(withSsh(ssh))).toThrow(/^hosts: receiver\.ssh must fit [^\n]*$/);
  });

  it('never lets through what ssh would take for an option, or what a shell would take apart', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (ssh) => {
        try {
          expect(parseHostsFile(withSsh(ssh)).receiver.ssh).toMatch(/^[\w:[][\w@.:/%[\]-]*$/);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });

  it.each([
    ['a multicast address', { addresses: ['224.0.0.1/24'] }, /addresses\[0\] must be the address of one host/],
    ['a broadcast address', { addresses: ['192.168.254.255/24'] }, /addresses\[0\] must be the address of one host/],
    ['a loopback address', { addresses: ['127.0.0.1/8'] }, /addresses\[0\] must be the address of one host/],
    ['an address without its network', { addresses: ['192.168.254.1'] }, /addresses\[0\] must fit/],
    ['an interface that is a path', { interface: '../eth0' }, /interface must fit/],
    ['an unknown consent', { allow: ['reboot'] }, /allow\[0\] must be one of/],
    ['an ssh option', { options: 'ProxyCommand=x' }, /receiver\.options is not a known field/],
  ])('refuses %s', (_, change, message) => {
    expect(() => parseHostsFile({ ...pair, receiver: { ...pair.receiver, ...change } })).toThrow(message);
  });

  it('refuses a host that is two', () => {
    expect(() => parseHostsFile({ ...pair, senders: [{ ...pair.senders[0], ssh: 'left' }] })).toThrow(
      /senders\[0\]\.ssh must differ from that of receiver/,
    );
    expect(() => parseHostsFile({ ...pair, senders: [{ ...pair.senders[0], addresses: ['192.168.254.1/24'] }] })).toThrow(/addresses must differ/);
  });

  it('takes a thousand senders', () => {
    const senders = Array.from({ length: 1000 }, (_, n) => ({ ssh: `s${n}`, interface: 'eth3', addresses: [`10.0.${n >> 8}.${n & 255}/8`] }));
    senders[0]!.addresses = ['10.9.0.1/8'];
    expect(parseHostsFile({ ...pair, senders }).senders.at(-1)?.name).toBe('sender-1000');
  });
});

describe('readHostsFile', () => {
  it('reads YAML from a path with spaces and quotes', () => {
    const text =
      'receiver: { ssh: left, interface: eth2, addresses: [192.168.254.1/24] }\nsenders:\n  - ssh: right\n    interface: eth3\n    addresses: [192.168.254.30/24]\n';
    expect(readHostsFile(file(text, `a 'quoted' "folder"/my hosts $(x).yaml`)).senders).toHaveLength(1);
  });

  it.each([
    ['a file that is not there', () => path.join(folder, 'none.yaml'), /^none\.yaml: must be a hosts file that exists/],
    ['a folder', () => folder, /must be a hosts file that exists/],
    ['a device', () => '/dev/zero', /must be a hosts file that exists/],
    ['torn YAML', () => file('receiver: {', 'torn.yaml'), /^torn\.yaml: must be YAML \([^\n]*line 1[^\n]*\)$/],
    ['a key given twice', () => file('caps: {}\ncaps: {}\n', 'twice.yaml'), /^twice\.yaml: must be YAML \(.*unique/],
    ['a tag of another language', () => file('receiver: !!js/function x\n', 'tag.yaml'), /^tag\.yaml: must be YAML/],
    ['nothing', () => file('', 'empty.yaml'), /^empty\.yaml: the document must be object, got null/],
  ])('refuses %s in one line', (_, make, message) => {
    expect(() => readHostsFile(make())).toThrow(message);
  });

  it('refuses an alias bomb', () => {
    const levels = Array.from({ length: 9 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(',')}]`);
    expect(() => readHostsFile(file(`a0: &a0 [x]\n${levels.join('\n')}\n`, 'bomb.yaml'))).toThrow(/^bomb\.yaml: must be YAML \(.*alias/i);
  });
});
