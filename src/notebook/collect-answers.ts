import { existsSync } from 'node:fs';
import path from 'node:path';
import { InputError } from '../experiment/index.js';
import { lessonsFolder, type Notebook, notebooksIn, readNotebook } from './read-notebook.js';

/** A guess as it stands in a notebook. */
export interface CollectedGuess {
  /** Id of its cell. */
  cell: string;
  /** The number; null when none can be read. */
  guess: number | null;
  /** Whether it still is the number that the lesson came with. */
  isUntouched: boolean;
}

/** An exercise as it stands in a notebook. */
export interface CollectedExercise {
  cell: string;
  /** The whole cell: its first lines are the question. */
  source: string;
  /** What the last run of the cell said; `untouched` when its text still is the lesson's. */
  state: 'solved' | 'not yet' | 'not run' | 'untouched';
}

/** Guesses and answers of one notebook. */
export interface CollectedLesson {
  /** Path in the folder: `anna/02-more-packets.ipynb`. */
  file: string;
  guesses: CollectedGuess[];
  exercises: CollectedExercise[];
}

/**
 * Gathers guesses and answers of every notebook in a folder, such as one folder a student. Nothing is run: the state of an exercise is what its
 * stored output says, so a teacher who has to be sure runs the notebooks.
 *
 * @throws {InputError} when the folder is not there or holds no notebook, or a notebook cannot be read
 */
export function collectAnswers(folder: string): CollectedLesson[] {
  const names = existsSync(folder) ? notebooksIn(folder) : [];
  if (names.length === 0) throw new InputError(`lessons: DIR must be a folder with notebooks, got ${folder}`);
  return names.flatMap((name) => {
    const original = path.join(lessonsFolder, path.basename(name));
    const shipped = existsSync(original) ? sourcesOf(readNotebook(original)) : new Map<string, string>();
    const { cells } = readNotebook(path.join(folder, name));
    const collected: CollectedLesson = { file: name, guesses: [], exercises: [] };
    for (const cell of cells) {
      if (cell.cell_type !== 'code') continue;
      const [id, source] = [cell.id ?? '', textOf(cell.source)];
      const isUntouched = shipped.get(id) === source;
      const guess = /\bguess\(\s*([\d_.e+-]*)/.exec(source);
      if (guess) collected.guesses.push({ cell: id, guess: numberOf(guess[1] ?? ''), isUntouched });
      if (cell.metadata.tags?.includes('raises-exception'))
        collected.exercises.push({ cell: id, source, state: isUntouched ? 'untouched' : stateOf(cell.outputs ?? []) });
    }
    return collected.guesses.length + collected.exercises.length > 0 ? [collected] : [];
  });
}

function sourcesOf({ cells }: Notebook): Map<string, string> {
  return new Map(cells.map(({ id = '', source }) => [id, textOf(source)]));
}

function stateOf(outputs: readonly unknown[]): CollectedExercise['state'] {
  const text = outputs.map((output) => textOf((output as { text?: string | string[] }).text ?? '')).join('');
  if (text.includes('✓') && !text.includes('✗')) return 'solved';
  return outputs.length === 0 ? 'not run' : 'not yet';
}

function textOf(text: string | string[]): string {
  return typeof text === 'string' ? text : text.join('');
}

function numberOf(text: string): number | null {
  const value = Number(text.replaceAll('_', ''));
  return text === '' || !Number.isFinite(value) ? null : value;
}
