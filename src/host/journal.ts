import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { writeWhole } from '../records/write-whole.js';
import { type Change, isChange } from './change.js';
import { isAlive, type ProcessOwner, processOwner } from './process-owner.js';
import { undoChange } from './undo-change.js';

interface JournalFile {
  /** Process whose end makes the changes leftovers; null when they are meant to stay until they are undone by name. */
  owner: ProcessOwner | null;
  changes: Change[];
}

function isJournal(value: unknown): value is JournalFile {
  const { owner, changes } = (value ?? {}) as Partial<JournalFile>;
  const ownerFits = owner === null || (Number.isInteger(owner?.pid) && Number.isFinite(owner?.startTicks));
  return ownerFits && Array.isArray(changes) && changes.every(isChange);
}

/**
 * Remembers on disk what a process changes on its host, before it changes it, so that whoever comes next can undo it,
 * also after kill -9. One file for each journal, removed when everything is undone.
 */
export class Journal {
  readonly name: string;
  readonly #file: string;
  readonly #content: JournalFile;

  private constructor(file: string, content: JournalFile) {
    this.name = path.basename(file, '.json');
    this.#file = file;
    this.#content = content;
  }

  /** Starts a journal of this process. */
  static open(folder: string, name: string): Journal {
    const owner = processOwner();
    if (!owner) throw new Error('Journal.open: /proc must be mounted');
    return new Journal(path.join(folder, `${name}.json`), { owner, changes: [] });
  }

  /** Every journal in the folder. A file that is not a journal is left alone. */
  static all(folder: string): Journal[] {
    if (!existsSync(folder)) return [];
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => {
        const file = path.join(folder, name);
        try {
          const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
          return isJournal(content) ? [new Journal(file, content)] : [];
        } catch {
          return [];
        }
      });
  }

  /** Says whether the process that made the changes has ended without undoing them. */
  get isLeftover(): boolean {
    return this.#content.owner !== null && !isAlive(this.#content.owner);
  }

  get changes(): readonly Change[] {
    return this.#content.changes;
  }

  /** Says whether the changes are meant to stay. */
  get isKept(): boolean {
    return this.#content.owner === null;
  }

  /** Lets the changes outlive this process: they are no leftovers, and stay until someone undoes them. */
  keep(): void {
    this.#content.owner = null;
    this.#write();
  }

  /** Writes the change down; call it before making the change. */
  willChange(change: Change): void {
    this.#content.changes.push(change);
    this.#write();
  }

  /** Takes every change back, last first, and forgets it. Calling it twice is harmless. */
  undo(): void {
    for (let change = this.#content.changes.at(-1); change; change = this.#content.changes.at(-1)) {
      undoChange(change);
      this.#content.changes.pop();
      this.#write();
    }
    rmSync(this.#file, { force: true });
  }

  #write(): void {
    writeWhole(this.#file, `${JSON.stringify(this.#content)}\n`);
  }
}
