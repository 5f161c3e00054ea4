import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseSnmp } from '../../src/host/index.js';

const sshd = '/usr/sbin/sshd';
const mpps = path.resolve(import.meta.dirname, '../../dist/cli/mpps.js');

/** Why real target hosts cannot be started on this machine; null when they can. */
export const hostsObstacle: string | null =
  process.getuid?.() !== 0
    ? 'network and mount namespaces need root'
    : !existsSync(sshd)
      ? 'sshd is missing; Debian: apt-get install openssh-server'
      : !existsSync('/usr/bin/ssh')
        ? 'ssh is missing; Debian: apt-get install openssh-client'
        : null;

let started = 0;

/** What one command printed. */
export interface Printed {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** One machine of the test network: an sshd in namespaces of its own, with its own home, user, port and host key. */
interface Machine {
  user: string;
  port: number;
  control: string;
}

const machines: Record<'receiver' | 'sender' | 'jump', Machine> = {
  receiver: { user: 'root', port: 2201, control: '10.99.1.2' },
  jump: { user: 'root', port: 2203, control: '10.99.3.2' },
  // Not root, and behind the jump host.
  sender: { user: 'pat', port: 2202, control: '10.99.2.2' },
};

/**
 * A controller, a receiver, a sender and a jump host, each in a network namespace of its own; the test network joins sender and receiver alone,
 * as eth3 and eth2. Nothing of the machine's own network is touched.
 */
export class NamespaceHosts {
  readonly folder: string = mkdtempSync(path.join(os.tmpdir(), `mpps-hosts-'t est"-`));
  readonly #name = `hosts-test-${process.pid}-${started++}`;
  readonly #servers = new Map<string, number>();
  readonly #folders: string[] = [];

  /**
   * Starts everything.
   *
   * @param home mount options of each machine's home, whose size it has
   * @param bridged puts a switch between sender and receiver, and the jump host on it too, as 192.168.254.31 on eth4
   */
  static async start({ home = 'size=200m', bridged = false }: { home?: string; bridged?: boolean } = {}): Promise<NamespaceHosts> {
    const hosts = new NamespaceHosts();
    try {
      hosts.#connect(bridged);
      hosts.#keys();
      for (const name of Object.keys(machines) as (keyof typeof machines)[]) await hosts.#serve(name, home);
    } catch (error) {
      hosts.stop();
      throw error;
    }
    return hosts;
  }

  /** The network namespace of the controller, as nsenter takes it. */
  get controllerNet(): string {
    return this.#net('controller');
  }

  /** Runs mpps as the controller, with the ssh configuration that knows the machines. */
  mpps(...argv: string[]): Printed {
    return spawnSync('nsenter', [`--net=${this.#net('controller')}`, process.execPath, mpps, ...argv], { encoding: 'utf8', timeout: 60_000 });
  }

  /** Starts mpps as the controller. @returns its process, and what it printed once it has ended */
  startMpps(...argv: string[]): { pid: number; ended: Promise<Printed> } {
    const child = spawn('nsenter', [`--net=${this.#net('controller')}`, process.execPath, mpps, ...argv], { stdio: ['ignore', 'pipe', 'pipe'] });
    const printed = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      printed.stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      printed.stderr += chunk.toString();
    });
    return { pid: child.pid as number, ended: new Promise((resolve) => child.once('close', (status) => resolve({ status, ...printed }))) };
  }

  /** Names of the programs that run on a machine. */
  programs(machine: keyof typeof machines): string[] {
    return this.on(machine, 'ps', '-e', '-o', 'comm=').trim().split(/\s+/);
  }

  /** UDP packets that the sender has sent so far: neighbour discovery and the control connection are none. */
  sentPackets(): number {
    return parseSnmp(this.on('sender', 'cat', '/proc/net/snmp'), ['Udp'])['Udp.OutDatagrams'] ?? Number.NaN;
  }

  /** Waits until a run is well under way. */
  async untilSending(): Promise<void> {
    const before = this.sentPackets();
    const deadline = Date.now() + 40_000;
    while (this.sentPackets() < before + 3000) {
      if (Date.now() > deadline) throw new Error('nothing was sent');
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  /** Whether the sender is silent now. */
  async isSilent(): Promise<boolean> {
    const before = this.sentPackets();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return this.sentPackets() === before;
  }

  /** The kit's home on a machine. */
  home(machine: keyof typeof machines): string {
    const { user } = machines[machine];
    return `${user === 'root' ? '/root' : `/home/${user}`}/.million-packets`;
  }

  /** Puts another program in the place of the kit's on a machine; the kit's own is ./real.js beside it. @returns puts it back */
  replaceAgent(machine: keyof typeof machines, program: string): () => void {
    const main = `${this.home(machine)}/kit/dist/targets/agent/main.js`;
    const real = main.replace('main.js', 'real.js');
    const source = this.file('agent.js', program);
    this.on(machine, 'mv', main, real);
    this.on(machine, 'cp', source, main);
    return () => void this.on(machine, 'mv', real, main);
  }

  /** Starts a machine again that was killed; its home is empty. */
  restart(machine: keyof typeof machines): Promise<void> {
    return this.#serve(machine, 'size=200m');
  }

  /** Runs a program on a machine, in its namespaces. */
  on(machine: keyof typeof machines, ...argv: string[]): string {
    return execFileSync('nsenter', [`--target=${this.#servers.get(machine)}`, '--mount', '--net', '--pid', '--', ...argv], { encoding: 'utf8' });
  }

  /** Writes a file into the folder, whose name holds a space and quotes. @returns its path */
  file(name: string, text: string): string {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    return file;
  }

  /** The ssh configuration of the controller, with changes to the general part. */
  sshConfig(changes: Record<string, string> = {}): string {
    const general = {
      IdentityFile: `"${this.quoted('key')}"`,
      IdentitiesOnly: 'yes',
      UserKnownHostsFile: `"${this.quoted('known_hosts')}"`,
      GlobalKnownHostsFile: '/dev/null',
      ...changes,
    };
    const hosts = Object.entries(machines).map(
      ([name, { user, port, control }]) =>
        `Host ${name}\n  HostName ${control}\n  Port ${port}\n  User ${user}\n${name === 'sender' ? '  ProxyJump jump\n' : ''}`,
    );
    const text = `${hosts.join('')}Host *\n${Object.entries(general)
      .map(([key, value]) => `  ${key} ${value}\n`)
      .join('')}`;
    return this.file(`config-${Object.values(changes).join('').length}`, text);
  }

  /** Path of a file in the folder, as ssh_config quotes it. */
  quoted(name: string): string {
    return path.join(this.folder, name).replaceAll('"', '\\"');
  }

  /** A known_hosts file that holds another key for every machine. */
  wrongKnownHosts(): string {
    const key = readFileSync(path.join(this.folder, 'other-key.pub'), 'utf8').trim();
    this.file(
      'wrong_hosts',
      Object.values(machines)
        .map(({ control, port }) => `[${control}]:${port} ${key}\n`)
        .join(''),
    );
    return this.quoted('wrong_hosts');
  }

  /** The hosts file of the two machines. */
  hostsFile(extra = ''): string {
    return this.file(
      'my hosts.yaml',
      `receiver: { ssh: receiver, interface: eth2, addresses: [192.168.254.1/24, 192.168.254.2/24, 192.168.254.3/24, 192.168.254.4/24] }
senders: [{ ssh: sender, interface: eth3, addresses: [192.168.254.30/24] }]
${extra}`,
    );
  }

  /** Ends one machine as a power cut does. */
  kill(machine: keyof typeof machines): void {
    const pid = this.#servers.get(machine);
    if (pid) process.kill(pid, 'SIGKILL');
  }

  /** Ends every machine and takes every namespace away. */
  stop(): void {
    for (const pid of this.#servers.values()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended before.
      }
    }
    for (const name of ['controller', 'switch', ...Object.keys(machines)]) spawnSync('ip', ['netns', 'delete', `${this.#name}-${name}`]);
    for (const folder of [this.folder, ...this.#folders]) rmSync(folder, { recursive: true, force: true });
  }

  #net(name: string): string {
    return `/run/netns/${this.#name}-${name}`;
  }

  #connect(bridged: boolean): void {
    for (const name of ['controller', ...(bridged ? ['switch'] : []), ...Object.keys(machines)])
      execFileSync('ip', ['netns', 'add', `${this.#name}-${name}`]);
    const pair = (left: string, leftDevice: string, leftAddress: string[], right: string, rightDevice: string, rightAddress: string[]) => {
      const end = (name: string) => `${this.#name}-${name}`;
      execFileSync('ip', ['link', 'add', leftDevice, 'netns', end(left), 'type', 'veth', 'peer', 'name', rightDevice, 'netns', end(right)]);
      for (const [name, device, addresses] of [
        [left, leftDevice, leftAddress],
        [right, rightDevice, rightAddress],
      ] as const) {
        for (const address of addresses) execFileSync('ip', ['-n', end(name), 'address', 'add', address, 'dev', device]);
        for (const up of ['lo', device]) execFileSync('ip', ['-n', end(name), 'link', 'set', up, 'up']);
      }
    };
    pair('controller', 'ctl1', ['10.99.1.1/24'], 'receiver', 'ctl0', ['10.99.1.2/24']);
    pair('controller', 'ctl3', ['10.99.3.1/24'], 'jump', 'ctl0', ['10.99.3.2/24']);
    pair('jump', 'ctl2', ['10.99.2.1/24'], 'sender', 'ctl0', ['10.99.2.2/24']);
    const receiverAddresses = [1, 2, 3, 4].map((host) => `192.168.254.${host}/24`);
    if (!bridged) {
      pair('receiver', 'eth2', receiverAddresses, 'sender', 'eth3', ['192.168.254.30/24']);
      return;
    }
    execFileSync('ip', ['-n', `${this.#name}-switch`, 'link', 'add', 'bridge', 'up', 'type', 'bridge']);
    for (const [name, device, addresses] of [
      ['receiver', 'eth2', receiverAddresses],
      ['sender', 'eth3', ['192.168.254.30/24']],
      ['jump', 'eth4', ['192.168.254.31/24']],
    ] as const) {
      pair(name, device, [...addresses], 'switch', `port-${name}`, []);
      execFileSync('ip', ['-n', `${this.#name}-switch`, 'link', 'set', `port-${name}`, 'master', 'bridge']);
    }
  }

  #keys(): void {
    const generate = (file: string) =>
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', path.join(this.folder, file)]);
    for (const name of ['key', 'other-key', ...Object.keys(machines).map((machine) => `host-${machine}`)]) generate(name);
    const known = Object.entries(machines).map(
      ([name, { control, port }]) => `[${control}]:${port} ${readFileSync(path.join(this.folder, `host-${name}.pub`), 'utf8').trim()}\n`,
    );
    this.file('known_hosts', known.join(''));
  }

  async #serve(name: keyof typeof machines, homeOptions: string): Promise<void> {
    const { user, port, control } = machines[name];
    // sshd's own configuration cannot quote every path.
    const own = mkdtempSync(path.join(os.tmpdir(), 'mpps-sshd-'));
    this.#folders.push(own);
    const home = user === 'root' ? '/root' : `/home/${user}`;
    for (const [from, to] of [
      [`host-${name}`, 'host-key'],
      ['key.pub', 'authorized-keys'],
    ] as const) {
      writeFileSync(path.join(own, to), readFileSync(path.join(this.folder, from)), { mode: 0o600 });
    }
    writeFileSync(
      path.join(own, 'config'),
      `Port ${port}\nListenAddress ${control}\nHostKey ${own}/host-key\nAuthorizedKeysFile /run/authorized-keys\nUsePAM no\nPasswordAuthentication no\nStrictModes no\nPidFile none\nPermitRootLogin prohibit-password\n`,
    );
    // A whole /etc of its own: a file mounted over /etc/passwd would vanish when a package that this machine installs meanwhile replaces that file.
    const script = `set -e
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /run
cp -a /etc /run/etc
echo pat:x:4242:4242::/home/pat:/bin/sh >>/run/etc/passwd
mount --bind /run/etc /etc
mkdir -p /run/sshd
cp "$1/authorized-keys" /run/authorized-keys
chmod 644 /run/authorized-keys
mount -t tmpfs tmpfs /home
mkdir -p "$2"
mount -t tmpfs -o "$3,mode=0700" tmpfs "$2"
chown "$4" "$2"
exec ${sshd} -D -e -f "$1/config"`;
    mkdirSync(own, { recursive: true });
    const server = spawn(
      'nsenter',
      [
        `--net=${this.#net(name)}`,
        'unshare',
        '--mount',
        '--pid',
        '--fork',
        '--kill-child',
        '--mount-proc',
        'sh',
        '-c',
        script,
        'sh',
        own,
        home,
        homeOptions,
        user === 'root' ? '0' : '4242',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    let said = '';
    server.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    const deadline = Date.now() + 15_000;
    while (!said.includes('Server listening')) {
      if (Date.now() > deadline || server.exitCode !== null) throw new Error(`sshd of ${name} did not start: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    // The child of unshare is process 1 of the machine: its namespaces are the machine's.
    const child = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').trim().split(' ')[0];
    this.#servers.set(name, Number(child));
  }
}
