import { describe, expect, it } from 'vitest';
import { InputError, parseSweep } from '../../src/experiment/index.js';

const least = { id: 's', base: 'pinned', vary: { payloadBytes: [32] } };

describe('parseSweep', () => {
  it('fills the defaults of a smallest sweep', () => {
    expect(parseSweep(least)).toEqual({
      ...least,
      title: '',
      answer: 'predict',
      host: 'article',
      seeds: [1],
      seconds: 0.2,
      replications: 8,
      repeats: 1,
      hosts: null,
    });
  });

  it.each([
    ['no axes', { vary: {} }, /x: vary must NOT have fewer than 1 properties/],
    ['an axis without values', { vary: { payloadBytes: [] } }, /vary\.payloadBytes must NOT have fewer than 1 items/],
    ['an axis that is no list', { vary: { payloadBytes: 32 } }, /vary\.payloadBytes must be array, got 32/],
    ['an unknown field', { axes: {} }, /axes is not a known field; known fields: .*vary/],
    ['an answer that nobody gives', { answer: 'guess' }, /answer must be one of "predict", "simulate", "measure", got "guess"/],
    ['a path that is none', { vary: { 'receiver batch': [1] } }, /vary must be keyed by fields such as .*got "receiver batch"/],
    ['a path into the prototype', { vary: { 'receiver.__proto__': [{}] } }, /vary must be keyed by fields/],
    ['the id as an axis', { vary: { id: ['a'] } }, /vary must be keyed by fields/],
    ['seeds of predictions', { seeds: [1, 2] }, /seeds must be left out unless answer is simulate, which is predict/],
    ['a host of measurements', { answer: 'measure', host: 'this' }, /host must be left out unless answer is predict or simulate/],
    ['repeats of simulations', { answer: 'simulate', repeats: 3 }, /repeats must be left out unless answer is measure/],
    ['a seed that is none', { answer: 'simulate', seeds: [-1] }, /seeds\[0\] must be >= 0, got -1/],
    [
      'more answers than anybody waits for',
      { vary: { payloadBytes: Array.from({ length: 1000 }, (_, i) => i), warmUpS: Array.from({ length: 101 }, (_, i) => i) } },
      /vary must make at most 100000 answers, got 101000/,
    ],
  ])('refuses %s in one line', (_, change, message) => {
    const attempt = () => parseSweep({ ...least, ...change }, 'x');
    expect(attempt).toThrow(InputError);
    expect(attempt).toThrow(message);
    expect(attempt).not.toThrow('\n');
  });
});
