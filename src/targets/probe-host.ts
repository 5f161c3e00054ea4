import { HostError } from '../experiment/index.js';
import type { SshConnection } from './ssh/connection.js';

/** What a host with nothing but a shell says of itself. */
export interface Probe {
  system: string;
  /** As Node.js calls it. */
  architecture: string;
  isRoot: boolean;
  /** Of its wall clock, in whole seconds. */
  clockS: number;
  freeBytes: number;
  /** First line of ldd --version, which names the C library. */
  library: string;
  nodeVersion: string | null;
  /** Of the kit that is there. */
  kitDigest: string | null;
}

const architectures: Record<string, string> = {
  x86_64: 'x64',
  aarch64: 'arm64',
  armv7l: 'arm',
  riscv64: 'riscv64',
  ppc64le: 'ppc64',
  s390x: 's390x',
};

/** Asks a host what it is, by the shell alone. @throws {HostError} when it does not answer as a Unix machine does */
export async function probeHost(connection: SshConnection): Promise<Probe> {
  const { stdout } = await connection.run('probe', null, 20);
  const [uname = '', user = '', seconds = '', disk = '', library = '', node = '', kit = ''] = stdout.split('\n');
  const [system = '', machine = ''] = uname.split(' ');
  const freeBlocks = Number(disk.split(/\s+/)[3]);
  if (!/^\d+$/.test(user) || !/^\d+$/.test(seconds) || !Number.isFinite(freeBlocks)) {
    throw new HostError(
      `${connection.host.name}: its shell did not answer the kit's question; does ssh ${connection.host.ssh} true print something?`,
    );
  }
  return {
    system,
    architecture: architectures[machine] ?? machine,
    isRoot: user === '0',
    clockS: Number(seconds),
    freeBytes: freeBlocks * 1024,
    library,
    nodeVersion: /^v(\d+\.\d+\.\d+)$/.exec(node)?.[1] ?? null,
    kitDigest: /^\{"digest":"([0-9a-f]{64})"/.exec(kit)?.[1] ?? null,
  };
}
