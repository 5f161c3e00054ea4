// Boots the guest of capture-guest.mjs in the network namespace of this process and sends it the flows that it asks for on its console.
import { spawn, spawnSync } from 'node:child_process';
import dgram from 'node:dgram';
import path from 'node:path';
import readline from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

const [kernel, work] = process.argv.slice(2);
const longestMs = 120_000;
const queues = 4;

for (const argv of [
  'ip tuntap add dev tap0 mode tap multi_queue',
  'sysctl -q -w net.ipv6.conf.tap0.disable_ipv6=1',
  'ip address add 192.168.254.1/24 dev tap0',
  'ip link set tap0 up',
]) {
  const [program, ...rest] = argv.split(' ');
  if (spawnSync(program, rest, { stdio: 'inherit' }).status !== 0) throw new Error(`boot: ${argv} failed`);
}

/** Two packages of two cores with two threads each; the card with RSS stands on the second node, a card with one queue on the first. */
const machine = [
  '-machine q35 -accel tcg,thread=multi -cpu Haswell-v4,-pcid,-x2apic,-tsc-deadline,-invpcid,-spec-ctrl -m 2G -smp 8,sockets=2,cores=2,threads=2',
  '-object memory-backend-ram,id=m0,size=1G -object memory-backend-ram,id=m1,size=1G',
  '-numa node,nodeid=0,cpus=0-3,memdev=m0 -numa node,nodeid=1,cpus=4-7,memdev=m1 -numa dist,src=0,dst=1,val=21',
  '-device pxb-pcie,id=far,bus_nr=128,numa_node=1,bus=pcie.0 -device pcie-root-port,id=socket,bus=far,chassis=1',
  `-netdev tap,id=wire,ifname=tap0,script=no,downscript=no,vhost=off,queues=${queues}`,
  `-device virtio-net-pci,netdev=wire,bus=socket,mq=on,rss=on,vectors=${2 * queues + 2},mac=52:54:00:12:34:56`,
  '-device e1000e,bus=pcie.0,mac=52:54:00:12:34:57',
  `-drive file=${path.join(work, 'disk')},format=raw,if=none,id=out -device virtio-blk-pci,bus=pcie.0,drive=out`,
  '-display none -no-reboot -nodefaults -serial stdio',
].flatMap((line) => line.split(' '));

const qemu = spawn('qemu-system-x86_64', [...machine, '-kernel', kernel, '-initrd', path.join(work, 'initramfs'), '-append', 'console=ttyS0 quiet'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const timer = setTimeout(() => qemu.kill('SIGKILL'), longestMs);
process.once('exit', () => qemu.kill('SIGKILL'));
let isCaptured = false;
for await (const line of readline.createInterface({ input: qemu.stdout })) {
  console.error(`guest: ${line}`);
  isCaptured ||= line.startsWith('captured');
  const [, asked] = /^send (\[.*\])/.exec(line) ?? [];
  if (asked) for (const flow of JSON.parse(asked)) await send(flow);
}
clearTimeout(timer);
if (!isCaptured) throw new Error('boot: the guest ended before it had captured everything');

async function send({ source, sourcePort, destination, destinationPort, packets }) {
  const socket = dgram.createSocket('udp4');
  await new Promise((resolve) => socket.bind(sourcePort, source, resolve));
  for (let index = 0; index < packets; index++) {
    socket.send(Buffer.alloc(32), destinationPort, destination);
    // The emulated card is slow, and what it drops nobody counts.
    if (index % 4 === 0) await sleep(2);
  }
  await new Promise((resolve) => setImmediate(resolve));
  socket.close();
}
