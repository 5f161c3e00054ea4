import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../experiment/index.js';
import { lessonsFolder, notebooksIn, readNotebook } from './read-notebook.js';

/**
 * Copies the lessons for a student: no solutions and no way to them, and no outputs, so that a guess comes before its answer.
 *
 * @param folder where to; made when it is not there
 * @returns names of the files written
 * @throws {InputError} when the folder holds notebooks already: a student's work is never overwritten
 */
export function studentCopy(folder: string): string[] {
  if (existsSync(folder) && notebooksIn(folder).length > 0) throw new InputError(`lessons: DIR must hold no notebooks yet, got ${folder}`);
  mkdirSync(folder, { recursive: true });
  const names = notebooksIn(lessonsFolder).filter((name) => !name.startsWith(`solutions${path.sep}`));
  for (const name of names) {
    const notebook = readNotebook(path.join(lessonsFolder, name));
    notebook.cells = notebook.cells.filter(({ id }) => id !== 'solutions');
    for (const cell of notebook.cells) if (cell.cell_type === 'code') Object.assign(cell, { outputs: [], execution_count: null });
    writeFileSync(path.join(folder, name), `${JSON.stringify(notebook, null, 1)}\n`, { flag: 'wx' });
  }
  return names;
}
