import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const program = path.resolve(import.meta.dirname, '../../dist/cli/mpps.js');

/** A folder that sweeps are carried out in, by the compiled program. */
export class SweepFolder {
  readonly path: string = mkdtempSync(path.join(os.tmpdir(), 'mpps-sweep-%j, '));

  /** Writes a sweep file. @returns its path */
  plan(name: string, document: object): string {
    const file = path.join(this.path, name);
    writeFileSync(file, JSON.stringify(document));
    return file;
  }

  /** Runs `mpps sweep` to its end, results into a folder in this one. */
  sweep(into: string, ...argv: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [program, 'sweep', '--folder', this.in(into), ...argv], { encoding: 'utf8', timeout: 590_000 });
  }

  /** Starts `mpps sweep`. @returns its process, once it has so many results */
  async start(into: string, results: number, ...argv: string[]): Promise<ChildProcess> {
    const child = spawn(process.execPath, [program, 'sweep', '--folder', this.in(into), ...argv], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    while (this.results(into).length < results) {
      if (child.exitCode !== null) throw new Error(`the sweep ended with ${child.exitCode} before ${results} results were there: ${said}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return child;
  }

  in(into: string): string {
    return path.join(this.path, into);
  }

  /** Names of the result files. */
  results(into: string): string[] {
    const folder = path.join(this.in(into), 'results');
    return existsSync(folder) ? readdirSync(folder).filter((name) => /^[0-9a-f]{64}\.json$/.test(name)) : [];
  }

  /** What tells a file that was written again from one that was not. */
  stamps(into: string): Record<string, string> {
    const folder = path.join(this.in(into), 'results');
    return Object.fromEntries(
      this.results(into).map((name) => {
        const { ino, mtimeMs } = statSync(path.join(folder, name));
        return [name, `${ino} ${mtimeMs}`];
      }),
    );
  }

  /** SHA-256 of every result and of both tables, and the names of all else but Slurm's. */
  bytes(into: string): Record<string, string> {
    const folder = this.in(into);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => !name.startsWith('slurm'));
    return Object.fromEntries(
      files
        .filter((name) => statSync(path.join(folder, name)).isFile())
        .sort()
        .map((name) => [
          name,
          createHash('sha256')
            .update(readFileSync(path.join(folder, name)))
            .digest('hex'),
        ]),
    );
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Ends a process as a power cut does. */
export async function kill(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.once('exit', (status) => resolve(status)));
  child.kill(signal);
  return ended;
}
