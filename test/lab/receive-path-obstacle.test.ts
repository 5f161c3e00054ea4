import { describe, expect, it } from 'vitest';
import { HostError } from '../../src/experiment/index.js';
import { receivePathObstacle } from '../../src/lab/receive-path-obstacle.js';

const systemError = (syscall: string, code: string, subject: string) => Object.assign(new Error(`${syscall} ${code} ${subject}`), { syscall, code });

describe('receivePathObstacle', () => {
  it('says what to do where the kernel forbids a path, with the refusal itself', () => {
    const told = receivePathObstacle(systemError('io_uring_setup', 'EPERM', ''));
    expect(told).toBeInstanceOf(HostError);
    expect(told).toMatchObject({ message: expect.stringMatching(/kernel\.io_uring_disabled=0.*\(io_uring_setup EPERM/) });
    expect(receivePathObstacle(systemError('setsockopt', 'EPERM', 'SO_PREFER_BUSY_POLL'))).toMatchObject({
      message: expect.stringContaining('run as root'),
    });
  });

  it('says that a kernel has no AF_XDP, whichever call finds out', () => {
    for (const error of [systemError('socket', 'EAFNOSUPPORT', 'AF_XDP'), systemError('bpf', 'EINVAL', 'map sockets')])
      expect(receivePathObstacle(error)).toMatchObject({ message: expect.stringMatching(/built without AF_XDP \(CONFIG_XDP_SOCKETS\)/) });
  });

  it('lets every other error pass as it is', () => {
    for (const error of [systemError('bind', 'EADDRINUSE', '127.0.0.1:1'), systemError('setsockopt', 'EPERM', 'SO_REUSEPORT'), new TypeError('x')])
      expect(receivePathObstacle(error)).toBe(error);
  });
});
