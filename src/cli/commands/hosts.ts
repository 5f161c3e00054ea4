import { type Hosts, InputError, type NamedHost } from '../../experiment/index.js';
import { checkHost, forEachHost, type HostReport, prepareHost, removeHost } from '../../targets/index.js';
import type { Command } from '../command.js';
import { exitCodes } from '../exit-code.js';
import { findHosts, findSshConfig, hostsFlags } from '../find-hosts.js';

type Visit = Parameters<typeof forEachHost>[1];

/** What each action does on a host of a hosts file. */
const actions: Record<string, (hosts: Hosts) => Visit> = {
  check: (hosts) => (connection, host) => checkHost(connection, host, peersOf(host, hosts), hosts.allowRouted),
  prepare: () => async (connection) => ({ lines: [await prepareHost(connection)], isGood: true }),
  remove: () => async (connection) => ({ lines: [await removeHost(connection)], isGood: true }),
};

export const hosts: Command = {
  usage: 'check|prepare|remove FILE',
  summary: 'the machines of a hosts file: prove that they can measure, bring the kit, take it away',
  help: `mpps hosts prepare my-hosts.yaml
mpps hosts check my-hosts.yaml
The file says who receives and who sends; docs/two-servers.md shows one. Machines are reached by your own ssh, with your configuration, keys
and known_hosts. \`prepare\` copies the kit into ~/.million-packets over there, \`remove\` takes it away; \`check\` changes nothing.`,
  flags: hostsFlags,
  positionals: ['check|prepare|remove', 'FILE'],
  async run({ positionals: [action = '', file = ''], flags, json, signal, print, say }) {
    const visit = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (!visit) throw new InputError(`hosts: action must be ${Object.keys(actions).join(', ')}, got ${JSON.stringify(action)}`);
    const found = findHosts(file, flags);
    const tell = ({ lines, isGood }: HostReport) => {
      if (json) return;
      for (const line of lines) (isGood || lines.length > 1 ? print : say)(line);
    };
    const reports = await forEachHost(found, visit(found), tell, { sshConfig: findSshConfig(flags), signal });
    const failed = reports.filter(({ isGood }) => !isGood).length;
    if (json) print(JSON.stringify({ action, hosts: reports }));
    else if (failed) say(`mpps: ${failed} of ${reports.length} hosts failed`);
    return failed ? exitCodes.cannotHere : exitCodes.done;
  },
};

/** Addresses of the other side: packets go from senders to the receiver only. */
function peersOf(host: NamedHost, { receiver, senders }: Hosts): string[] {
  return host === receiver ? senders.flatMap(({ addresses }) => addresses.slice(0, 1)) : receiver.addresses;
}
