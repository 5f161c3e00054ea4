import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../experiment/index.js';
import { readJsonFile } from '../records/read-json-file.js';
import { writeWhole } from '../records/write-whole.js';
import type { JobResult } from './job-result.js';

/** The results in a sweep's folder. They are its state: a job whose file is there is done, and is never run again. */
export class ResultFiles {
  readonly #folder: string;

  /** @param folder that of the sweep */
  constructor(folder: string) {
    this.#folder = path.join(folder, 'results');
  }

  has(id: string): boolean {
    return existsSync(this.#file(id));
  }

  /** Ids of the jobs that are done. */
  ids(): Set<string> {
    return new Set(this.#names().flatMap((name) => (/^[0-9a-f]{64}\.json$/.test(name) ? [name.slice(0, 64)] : [])));
  }

  write(result: JobResult): void {
    writeWhole(this.#file(result.job), `${JSON.stringify(result, null, 1)}\n`);
  }

  /** @throws {InputError} when the file holds something else */
  read(id: string): JobResult {
    const file = this.#file(id);
    const result = readJsonFile(file) as Partial<JobResult> | null;
    if (result?.schema !== 'million-packets/sweep-result/1' || result.job !== id)
      throw new InputError(`${path.basename(file)}: must be the result of the job that it is named after; delete it, and the job runs again`);
    return result as JobResult;
  }

  /** Removes what writers that were killed left half-written. Nobody may be writing. */
  removeTorn(): void {
    for (const name of this.#names().filter((other) => other.endsWith('.tmp'))) rmSync(path.join(this.#folder, name), { force: true });
  }

  #names(): string[] {
    return existsSync(this.#folder) ? readdirSync(this.#folder) : [];
  }

  #file(id: string): string {
    return path.join(this.#folder, `${id}.json`);
  }
}
