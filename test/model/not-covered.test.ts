import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../src/experiment/index.js';
import { predict } from '../../src/model/index.js';
import { labHost } from './hosts.js';

const notes = (changes: object) => predict(parseExperiment({ id: 'asked', ...changes }), labHost(2)).notes.join(' ');

describe('what the model does not cover', () => {
  it.each([
    [{ sources: [{ segmentation: { segments: 64, cutBy: 'receiver' } }] }, 'segmentation'],
    [{ sources: [{ offeredPps: 1000, arrivals: 'poisson' }] }, 'arrivals that are not constant'],
    [{ receiver: { path: 'io-uring' } }, 'the receive path io-uring'],
    [{ receiver: { call: 'recv' } }, 'recv'],
    [{ receiver: { waiting: { busyPollUs: 50 } } }, 'busy polling'],
    [{ receiver: { gro: true } }, 'GRO'],
  ])('%o is named in the notes of its prediction', (changes, name) => {
    expect(notes(changes)).toContain(`Not covered by the model: ${name}.`);
  });

  it('is nothing for what it covers', () => {
    expect(notes({ receiver: { waiting: 'spin' }, sources: [{ offeredPps: 1000, arrivals: 'constant' }] })).not.toContain('Not covered');
  });
});
