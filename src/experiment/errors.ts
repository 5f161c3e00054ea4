/** Wrong input from a person or a file: one line that says what, where and what to do. The command ends with exit code 2. */
export class InputError extends RangeError {
  readonly code = 'EINPUT';
  override readonly name = 'InputError';
}

/** This host cannot do what was asked: one line that says what is missing. The command ends with exit code 3. */
export class HostError extends Error {
  readonly code = 'EHOST';
  override readonly name = 'HostError';
}

/** This machine is not stable enough for what was asked: one line that says why. The command ends with exit code 4. */
export class StabilityError extends Error {
  readonly code = 'ESTABILITY';
  override readonly name = 'StabilityError';
}
