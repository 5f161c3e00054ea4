import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { InputError } from './errors.js';

const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype']);
const maximumDepth = 24;

/**
 * Makes a door for one type of the vocabulary: a function that copies the value, fills the schema's defaults and
 * returns it typed, or throws an InputError of one line, `where: field must be rule, got value`.
 */
export function validator<Type>(schema: object, prepare: (value: unknown) => void = () => {}): (value: unknown, where: string) => Type {
  let validate: ValidateFunction | undefined;
  return (value, where) => {
    validate ??= new Ajv({ useDefaults: true, strict: false, verbose: true }).compile(schema);
    refuseHostileShape(value, where, 0);
    const copy = structuredClone(value);
    prepare(copy);
    if (!validate(copy)) throw new InputError(`${where}: ${sentence(validate.errors ?? [])}`);
    return copy as Type;
  };
}

function refuseHostileShape(value: unknown, where: string, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > maximumDepth) throw new InputError(`${where}: nesting must be at most ${maximumDepth} deep`);
  for (const key of Object.keys(value)) {
    if (forbiddenKeys.has(key)) throw new InputError(`${where}: ${key} is not a known field`);
    refuseHostileShape((value as Record<string, unknown>)[key], where, depth + 1);
  }
}

function sentence(errors: ErrorObject[]): string {
  // A value that fits none of several forms reports each form's complaint first and the choice itself last.
  const error = errors.find(({ keyword }) => keyword === 'anyOf') ?? errors[0];
  if (!error) return 'must be valid';
  const field = fieldName(error.instancePath) || 'the document';
  const got = error.keyword === 'required' ? '' : `, got ${shown(error.data)}`;
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = [fieldName(error.instancePath), String(error.params.additionalProperty)].filter(Boolean).join('.');
      return `${name} is not a known field${suggestion(error)}`;
    }
    case 'required':
      return `${[fieldName(error.instancePath), String(error.params.missingProperty)].filter(Boolean).join('.')} must be given`;
    case 'enum':
      return `${field} must be one of ${(error.params.allowedValues as unknown[]).map((v) => JSON.stringify(v)).join(', ')}${got}`;
    case 'const':
      return `${field} must be ${JSON.stringify(error.params.allowedValue)}${got}`;
    case 'anyOf':
      return /placement/.test(error.instancePath)
        ? `${field} must be "unpinned", { "cpu": N } or { "role": ROLE, "queue": Q, "index": I }${got}`
        : `${field} must have one of its allowed forms${got}`;
    case 'pattern':
      return `${field} must fit ${JSON.stringify(error.parentSchema?.description ?? error.params.pattern)}${got}`;
    default:
      return `${field} ${error.message ?? 'must be valid'}${got}`;
  }
}

function fieldName(instancePath: string): string {
  return instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((name, part) => (/^\d+$/.test(part) ? `${name}[${part}]` : name ? `${name}.${part}` : part), '');
}

function shown(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function suggestion(error: ErrorObject): string {
  const wrong = String(error.params.additionalProperty).toLowerCase();
  const known = Object.keys((error.parentSchema?.properties ?? {}) as object);
  const near = known.find((name) => name.toLowerCase().startsWith(wrong.slice(0, 4)) || wrong.includes(name.toLowerCase()));
  return near ? `; did you mean ${near}?` : known.length ? `; known fields: ${known.join(', ')}` : '';
}
