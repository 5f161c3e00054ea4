import { describe, expect, it } from 'vitest';
import { writeNamespaceSysfs } from '../../src/native/write-namespace-sysfs.js';
import { failure } from './loopback.js';

describe.skipIf(process.platform !== 'linux')('writeNamespaceSysfs (Linux only)', () => {
  it('refuses a path that leaves sysfs', () => {
    for (const path of ['/etc/passwd', '../etc/passwd', 'class/../../etc/passwd', '']) {
      expect(() => writeNamespaceSysfs('/proc/self/ns/net', path, '0')).toThrow(/path must be a relative path below \/sys/);
    }
  });

  it('names the namespace that is not there', async () => {
    expect(await failure(async () => writeNamespaceSysfs('/nowhere/net', 'class/net/lo/mtu', '1'))).toMatchObject({
      message: 'open ENOENT /nowhere/net',
      code: 'ENOENT',
      syscall: 'open',
    });
  });
});
