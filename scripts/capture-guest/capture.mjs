// Runs in the guest of capture-guest.mjs: saves what kernel and tools print and what the kit reads and changes, into /out.
import { spawn, spawnSync } from 'node:child_process';
import dgram from 'node:dgram';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import readline from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const { readLiveCounters } = await import('/kit/dist/host/index.js');

/** What the model's tests ask: which queue does each of these reach? Two destinations, some source ports. */
const flows = ['192.168.254.10', '192.168.254.11'].flatMap((destination, index) =>
  [0, 1, 2, 3].map((port) => ({
    source: '192.168.254.1',
    sourcePort: 40_000 + 10 * index + port,
    destination,
    destinationPort: 4321,
    packets: 300 + 100 * port + 50 * index,
  })),
);
const cards = ['eth0', 'eth1'];
const proc = ['stat', 'interrupts', 'net/dev', 'net/snmp', 'net/snmp6', 'net/softnet_stat', 'net/udp', 'net/udp6'];
const settings = [['-i'], ['-l'], ['-g'], ['-c'], ['-x'], ['-n', 'rx-flow-hash', 'udp4']];

/** A transcript as a person would make one: each command after a dollar, and what it printed on both channels. */
function transcript(name, commands) {
  const blocks = commands.map(([program, ...rest]) => {
    const { stdout, stderr } = spawnSync(program, rest, { encoding: 'utf8' });
    return `$ ${[program, ...rest].join(' ')}\n${stdout}${stderr}`;
  });
  writeFileSync(`/out/${name}.txt`, blocks.join('\n'));
}

const cat = (file) => ['cat', file];
const topology = () => [
  ['uname', '-srm'],
  ['ethtool', '--version'],
  ['lscpu'],
  cat('/sys/devices/system/cpu/online'),
  ...readdirSync('/sys/devices/system/cpu')
    .filter((name) => /^cpu\d+$/.test(name))
    .flatMap((name) =>
      ['physical_package_id', 'core_id', 'thread_siblings_list'].map((file) => cat(`/sys/devices/system/cpu/${name}/topology/${file}`)),
    ),
  ...readdirSync('/sys/devices/system/node')
    .filter((name) => /^node\d+$/.test(name))
    .flatMap((name) => ['cpulist', 'distance'].map((file) => cat(`/sys/devices/system/node/${name}/${file}`))),
  cat('/sys/class/net/eth0/device/../numa_node'),
  cat('/sys/class/net/eth1/device/numa_node'),
];
const counted = () => [...proc.map((name) => cat(`/proc/${name}`)), ...cards.map((card) => ['ethtool', '-S', card])];
const set = () => [
  ...cards.flatMap((card) => settings.map(([option, ...rest]) => ['ethtool', option, card, ...rest])),
  ['ip', '-4', 'address', 'show', 'dev', 'eth0'],
  cat('/proc/sys/net/core/rmem_max'),
  cat('/sys/class/net/eth0/queues/rx-0/rps_cpus'),
  ...readdirSync('/proc/irq')
    .filter((irq) => existsSync(`/proc/irq/${irq}/smp_affinity_list`))
    .sort((a, b) => a - b)
    .map((irq) => cat(`/proc/irq/${irq}/smp_affinity_list`)),
];

/** Has the flows sent from outside and counts what arrives by source port. */
async function receive(recvBufferSize) {
  const socket = dgram.createSocket({ type: 'udp4', recvBufferSize });
  const received = {};
  let last = Date.now();
  socket.on('message', (_, { port }) => {
    received[port] = (received[port] ?? 0) + 1;
    last = Date.now();
  });
  await new Promise((resolve) => socket.bind(4321, resolve));
  process.stdout.write(`send ${JSON.stringify(flows)}\n`);
  while (Object.keys(received).length === 0 || Date.now() - last < 3000) await sleep(200);
  return { socket, received };
}

/** The kit's program for other machines, asked over its own protocol. */
class Kit {
  #child = spawn('node', ['/kit/dist/targets/agent/main.js'], { stdio: ['pipe', 'pipe', 'inherit'] });
  #lines = readline.createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  #id = 0;

  async ask(verb, rest = {}) {
    const id = ++this.#id;
    this.#child.stdin.write(`${JSON.stringify({ id, verb, ...rest })}\n`);
    for (;;) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error('the kit ended');
      const message = JSON.parse(value);
      if (message.id === id) return message.answer ?? message.error;
    }
  }

  async end() {
    this.#child.stdin.end();
    await new Promise((resolve) => this.#child.once('close', resolve));
  }
}

const allow = [
  'addresses',
  'channels',
  'ring',
  'hash-fields',
  'hash-key',
  'indirection-table',
  'coalescing',
  'irq-affinity',
  'rps',
  'governor',
  'sysctls',
];
const hashKey = Buffer.from(Array.from({ length: 40 }, (_, index) => (7 * index + 3) % 256)).toString('hex');
const wishes = {
  addresses: ['192.168.254.12/24'],
  channels: 3,
  ringPackets: 128,
  hashFields: 'sd',
  hashKey,
  spreadOver: 2,
  rxUsecs: 50,
  queueCpus: [0, 1, 2].map((queue) => ({ queue, cpu: queue + 4 })),
  rpsCpu: 6,
  governor: 'performance',
  sysctls: { 'net.core.rmem_max': 1_000_000 },
};
const answers = {};

transcript('as-booted', [...topology(), ...set(), ...counted()]);
const first = await receive(1_000_000);
transcript('default-hash', counted());
answers.live = readLiveCounters({ all: true, ethtool: '/bin/ethtool' });
first.socket.close();

const kit = new Kit();
for (const card of cards) {
  const { host, nic } = await kit.ask('describe', { interface: card });
  answers[`describe ${card}`] = { cpus: host.cpus, receivePath: host.receivePath, nicDriver: host.nicDriver, nic };
}
await kit.ask('reserve');
for (const card of cards) answers[`tune ${card}`] = await kit.ask('tune', { interface: card, allow, wishes });
transcript('tuned', [...set(), ...counted()]);
// So small a buffer that it overflows.
const second = await receive(2304);
transcript('tuned-hash', counted());
second.socket.close();
await kit.end();
transcript('restored', [...set(), ...counted()]);
const saved = Object.entries({ flows, wishes, received: [first.received, second.received], ...answers });
writeFileSync('/out/kit.json', `{\n${saved.map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n')}\n}\n`);
