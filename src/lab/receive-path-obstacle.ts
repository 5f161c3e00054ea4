import { HostError } from '../experiment/index.js';

/** What a refused system call means for a receive path, by the call's name and what it was about. */
const meanings: { syscall: string; about?: RegExp; code: string; meaning: string }[] = [
  { syscall: 'io_uring_setup', code: 'ENOSYS', meaning: 'this kernel was built without io_uring' },
  {
    syscall: 'io_uring_setup',
    code: 'EPERM',
    meaning: 'io_uring is forbidden here: run sysctl kernel.io_uring_disabled=0, or allow it in the seccomp profile of the container',
  },
  { syscall: 'io_uring_setup', code: 'EINVAL', meaning: 'io_uring needs Linux 6.1 or later for this' },
  { syscall: 'io_uring_register', code: 'EINVAL', meaning: 'io_uring needs Linux 6.1 or later for provided buffers' },
  { syscall: 'socket', about: /AF_XDP/, code: 'EAFNOSUPPORT', meaning: 'this kernel was built without AF_XDP (CONFIG_XDP_SOCKETS)' },
  { syscall: 'socket', about: /AF_XDP/, code: 'EPERM', meaning: 'AF_XDP needs CAP_NET_RAW: run as root' },
  { syscall: 'bpf', about: /map sockets/, code: 'EINVAL', meaning: 'this kernel was built without AF_XDP (CONFIG_XDP_SOCKETS)' },
  { syscall: 'bind', about: /AF_XDP/, code: 'EBUSY', meaning: 'another AF_XDP socket holds the queue: end that program' },
  { syscall: 'setsockopt', about: /BUSY_POLL/, code: 'EPERM', meaning: 'busy polling needs CAP_NET_ADMIN: run as root' },
  { syscall: 'setsockopt', about: /BUSY_POLL/, code: 'ENOPROTOOPT', meaning: 'busy polling needs Linux 5.11 or later' },
  { syscall: 'setsockopt', about: /UDP_GRO/, code: 'ENOPROTOOPT', meaning: 'UDP GRO needs Linux 5.0 or later' },
  { syscall: 'setsockopt', about: /UDP_SEGMENT/, code: 'ENOPROTOOPT', meaning: 'UDP GSO needs Linux 4.18 or later' },
  { syscall: 'setsockopt', about: /SO_RCVBUF/, code: 'EPERM', meaning: 'a larger socket buffer needs CAP_NET_ADMIN, or sysctl net.core.rmem_max' },
];

/** Turns the refusal of something that this machine's kernel cannot or may not do into a HostError that says what to do; other errors pass. */
export function receivePathObstacle(error: unknown): unknown {
  const { syscall, code, message } = error as NodeJS.ErrnoException;
  const known = meanings.find((entry) => entry.syscall === syscall && entry.code === code && (entry.about ?? /^/).test(message));
  return known ? new HostError(`receive path: ${known.meaning} (${message})`) : error;
}
