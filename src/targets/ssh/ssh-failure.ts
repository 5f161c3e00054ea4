import { HostError, type NamedHost } from '../../experiment/index.js';
import { plainLine } from './plain-line.js';

/** What OpenSSH prints, what it means, and what to do about it; the first that fits is told. */
const causes: [RegExp, (host: NamedHost) => string][] = [
  [
    /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    ({ ssh }) =>
      `its host key is not the one in your known_hosts; if the machine was installed anew, remove the old key with ssh-keygen -R, else somebody is in between (${ssh})`,
  ],
  [
    /Host key verification failed/,
    ({ ssh }) => `its host key is not in your known_hosts; run ssh ${ssh} once, compare the fingerprint and accept it`,
  ],
  [/Permission denied/, ({ ssh }) => `it refused every key that your ssh offered; make \`ssh ${ssh} true\` work without a password`],
  [/Could not resolve hostname/, ({ ssh }) => `the name ${ssh} is not known; check the hosts file or your ssh configuration`],
  [/Connection refused/, ({ ssh }) => `nothing listens on the SSH port of ${ssh}; start its sshd, or set the port in your ssh configuration`],
  [
    /timed out|No route to host|Network is unreachable/,
    ({ ssh }) => `${ssh} does not answer; check that the machine is up and the control network works`,
  ],
];

/** The one line for a connection that ssh could not make or lost. */
export function sshFailure(host: NamedHost, printed: string): HostError {
  const meaning = causes.find(([pattern]) => pattern.test(printed))?.[1](host);
  return new HostError(`${host.name}: ${meaning ?? `the SSH connection failed: ${plainLine(printed) || 'ssh said nothing'}`}`);
}
