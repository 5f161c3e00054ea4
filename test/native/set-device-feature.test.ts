import { describe, expect, it } from 'vitest';
import { labObstacles } from '../../src/index.js';
import { Lab } from '../../src/lab/index.js';
import { setDeviceFeature } from '../../src/native/set-device-feature.js';
import { failure } from './loopback.js';

const obstacles = labObstacles();

describe.skipIf(process.platform !== 'linux')('setDeviceFeature (Linux only)', () => {
  it('refuses names that are none, and says which interface or feature is not there', async () => {
    expect(() => setDeviceFeature('/proc/self/ns/net', 'no such', 'x', true)).toThrow(TypeError);
    expect(await failure(() => setDeviceFeature('/nowhere/net', 'lo', 'x', true))).toMatchObject({ message: 'open ENOENT /nowhere/net' });
    expect(await failure(() => setDeviceFeature('/proc/self/ns/net', 'nosuch0', 'x', true))).toMatchObject({ code: 'ENODEV', syscall: 'ioctl' });
  });

  it.skipIf(obstacles.length)('switches one feature of an interface in another namespace and no other', async () => {
    const lab = Lab.open();
    const { namespace, device } = lab.sender;
    try {
      for (const on of [false, true]) setDeviceFeature(namespace, device, 'tx-udp-segmentation', on);
      expect(await failure(() => setDeviceFeature(namespace, device, 'no-such-feature', true))).toMatchObject({
        code: 'EOPNOTSUPP',
        message: 'ioctl EOPNOTSUPP no-such-feature of eth3',
      });
      // The driver keeps what it cannot change.
      expect(await failure(() => setDeviceFeature(namespace, device, 'netns-local', true))).toMatchObject({ code: 'EOPNOTSUPP' });
    } finally {
      lab.close();
    }
  });
});
