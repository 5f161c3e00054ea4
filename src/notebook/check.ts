/**
 * Checks the answer to an exercise: prints a line when it is right, throws with a hint when it is not.
 * @param name what is checked, a few words
 * @param condition the answer's test, or a function that makes it; what the function throws counts as wrong
 * @param hint one line that teaches the next step, without giving the answer away
 * @throws Error `not yet: NAME. Hint: HINT`
 * @example check('four queues, four CPUs', new Set(cpus).size === 4, 'Two queues on one CPU share its softirq.')
 */
export function check(name: string, condition: boolean | (() => boolean), hint: string): void {
  let right: unknown;
  let cause: unknown;
  try {
    right = typeof condition === 'function' ? condition() : condition;
  } catch (error) {
    cause = error;
  }
  if (right !== undefined && typeof right !== 'boolean')
    throw new TypeError(`check: condition must be true or false, got ${right instanceof Promise ? 'a Promise: await it first' : typeof right}`);
  if (right === true) {
    console.log(`✓ ${name}`);
    return;
  }
  const reason = cause instanceof Error ? ` It stopped with: ${cause.message}.` : '';
  const error = new Error(`not yet: ${name}.${reason} Hint: ${hint}`, cause === undefined ? {} : { cause });
  // A kernel prints errors with util.inspect; a stack trace would bury the hint.
  throw Object.defineProperty(error, Symbol.for('nodejs.util.inspect.custom'), { value: () => `✗ not yet: ${name}.${reason}\n  Hint: ${hint}` });
}
