import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HashField } from '../../src/experiment/index.js';
import { hashOfByte } from '../../src/lab/hash-of-byte.js';
import { microsoftRssKey, toeplitzHash } from '../../src/model/index.js';

const fields: HashField[] = ['sourceAddress', 'destinationAddress', 'sourcePort', 'destinationPort'];
const bytesOf = [4, 4, 2, 2];

describe('hashOfByte', () => {
  it('adds up to the Toeplitz hash of the chosen fields, whichever they are and in whatever order they are named', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(fields, { minLength: 1 }), fc.uint8Array({ minLength: 12, maxLength: 12 }), (chosen, header) => {
        const table = hashOfByte(microsoftRssKey, chosen);
        const sum = header.reduce((hash, value, index) => (hash ^ (table[index * 256 + value] ?? 0)) >>> 0, 0);
        const starts = [0, 4, 8, 10];
        const input = fields.flatMap((field, index) =>
          chosen.includes(field) ? [...header.slice(starts[index], starts[index]! + bytesOf[index]!)] : [],
        );
        expect(sum).toBe(toeplitzHash(microsoftRssKey, Uint8Array.from(input)));
      }),
    );
  });

  it('refuses a key that is too short for the fields', () => {
    expect(() => hashOfByte(new Uint8Array(15), fields)).toThrow(RangeError);
  });
});
