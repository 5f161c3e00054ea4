import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { HostError, type NamedHost } from '../../experiment/index.js';
import { findProgram } from '../../host/index.js';
import { type RemoteCommand, remoteCommands } from './remote-commands.js';
import { sshFailure } from './ssh-failure.js';

/** A process on a target host, seen through its pipes. */
export type RemoteProcess = ChildProcessByStdio<Writable, Readable, Readable>;

const connectS = 10;
/** More than this is not kept of what a remote command prints. */
const mostOutputBytes = 1_000_000;

/** Exit code of ssh when it, not the remote command, failed. */
const sshFailed = 255;

/**
 * One connection to a target host through the system's OpenSSH client, which reads the user's own configuration, keys, agent, jump hosts and
 * known_hosts. Every remote command shares it. It ends with this process, also after kill -9: its own session waits on our pipe.
 */
export class SshConnection {
  readonly host: NamedHost;
  readonly #argv: string[];
  readonly #folder: string;
  readonly #master: RemoteProcess;

  private constructor(host: NamedHost, configFile: string | null) {
    this.host = host;
    this.#folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-ssh-'));
    const program = findProgram('ssh');
    if (!program) throw new HostError('hosts: the program ssh is missing; Debian: apt-get install openssh-client');
    const controlPath = path.join(this.#folder, 's').replaceAll('%', '%%');
    const options = {
      BatchMode: 'yes',
      ConnectTimeout: String(connectS),
      ServerAliveInterval: '5',
      ServerAliveCountMax: '3',
      ControlPath: `"${controlPath}"`,
      ControlPersist: 'no',
      ClearAllForwardings: 'yes',
      ForwardAgent: 'no',
      ForwardX11: 'no',
      PermitLocalCommand: 'no',
      RemoteCommand: 'none',
      RequestTTY: 'no',
    };
    // For a jump host ssh puts this name into a shell command of its own, unquoted; the link has a plain one.
    const configLink = path.join(this.#folder, 'config');
    if (configFile !== null) symlinkSync(path.resolve(configFile), configLink);
    this.#argv = [
      program,
      ...(configFile === null ? [] : ['-F', configLink]),
      ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    ];
    this.#master = this.#spawn('hold', 'yes');
  }

  /**
   * Connects.
   *
   * @param configFile instead of the user's ssh configuration; null: the user's own
   * @throws {HostError} of one line: who, why, what to do
   */
  static async open(host: NamedHost, configFile: string | null = null): Promise<SshConnection> {
    const connection = new SshConnection(host, configFile);
    try {
      await connection.#answers();
      return connection;
    } catch (error) {
      connection.close();
      throw error;
    }
  }

  /** Starts one of the fixed commands on the host. */
  start(command: RemoteCommand): RemoteProcess {
    return this.#spawn(command, 'no');
  }

  /**
   * Runs one of the fixed commands to its end.
   *
   * @param input what the command reads
   * @returns its exit code and what it printed
   * @throws {HostError} when the connection fails, or the command takes longer than `seconds`
   */
  async run(command: RemoteCommand, input: Readable | null = null, seconds = 60): Promise<{ status: number; stdout: string; stderr: string }> {
    const child = this.start(command);
    const printed = Promise.all([collect(child.stdout), collect(child.stderr)]);
    // A command that ends early closes its input; its exit code and words say why.
    const fed = input ? pipeline(input, child.stdin).catch(() => {}) : child.stdin.end();
    const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
    const [status] = (await once(child, 'exit')) as [number | null];
    clearTimeout(timer);
    child.stdin.destroy();
    input?.destroy();
    const [stdout, stderr] = await printed;
    await fed;
    if (status === null) throw new HostError(`${this.host.name}: the command ${command} did not end within ${seconds} s`);
    if (status === sshFailed) throw sshFailure(this.host, stderr);
    return { status, stdout, stderr };
  }

  /** Says why ssh itself ended, from what it printed. */
  failure(printed: string): HostError {
    return sshFailure(this.host, printed);
  }

  /** Ends the connection and everything that runs over it. Twice is harmless. */
  close(): void {
    this.#master.stdin.destroy();
    this.#master.kill('SIGTERM');
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #spawn(command: RemoteCommand, master: 'yes' | 'no'): RemoteProcess {
    const [program = 'ssh', ...options] = this.#argv;
    // `--` ends the options, so that no destination can be one.
    const argv = [...options, '-o', `ControlMaster=${master}`, '-T', '--', this.host.ssh, remoteCommands[command]];
    const child = spawn(program, argv, { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stdin.on('error', () => {});
    return child;
  }

  /** Waits until a line has gone there and back. */
  async #answers(): Promise<void> {
    let printed = '';
    this.#master.stderr.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-mostOutputBytes);
    });
    this.#master.stdin.write('\n');
    const timer = setTimeout(() => this.#master.kill('SIGTERM'), 2 * connectS * 1000);
    const closed = once(this.#master, 'close').then(() => {
      throw sshFailure(this.host, printed || 'Connection timed out');
    });
    closed.catch(() => {});
    try {
      await Promise.race([once(this.#master.stdout, 'data'), closed]);
    } finally {
      clearTimeout(timer);
    }
  }
}

async function collect(stream: Readable): Promise<string> {
  let text = '';
  for await (const chunk of stream) if (text.length < mostOutputBytes) text += String(chunk);
  return text;
}
