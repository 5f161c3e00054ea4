import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import { expect, it } from 'vitest';
import { parseExperiment } from '../../src/experiment/index.js';

const root = path.resolve(import.meta.dirname, '../..');

it.each(['experiment', 'host', 'outcome', 'run', 'hosts'])('data/schema/%s.schema.json is a valid JSON Schema that closes its objects', (name) => {
  const schema = JSON.parse(readFileSync(path.join(root, `data/schema/${name}.schema.json`), 'utf8')) as {
    definitions: Record<string, { additionalProperties?: unknown }>;
  };
  expect(() => new Ajv({ strict: false }).compile(schema)).not.toThrow();
  expect(Object.values(schema.definitions)).not.toContainEqual(
    expect.objectContaining({ type: 'object', properties: expect.anything(), additionalProperties: true }),
  );
});

it('the published schema accepts what parseExperiment returns', () => {
  const schema = JSON.parse(readFileSync(path.join(root, 'data/schema/experiment.schema.json'), 'utf8')) as object;
  expect(new Ajv({ strict: false }).validate(schema, parseExperiment({ id: 'quick' }))).toBe(true);
});
