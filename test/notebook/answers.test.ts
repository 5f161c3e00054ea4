import { afterEach, expect, it, vi } from 'vitest';
import { predict, simulate } from '../../src/model/index.js';
import { answerRows, guess, packetsPerCall, recordedNicRuns, recordedRuns, runsOf, showAnswers, showRuns } from '../../src/notebook/index.js';
import { article } from '../../src/records/article.js';

const experiment = article.experiments.pinned ?? never();
const simulated = simulate(experiment, article.host, { seed: 1, seconds: 0.02 });

function never(): never {
  throw new Error('the article has no pinned pair');
}

afterEach(() => {
  vi.restoreAllMocks();
});

it('a guess is kept, said back, and refused when it is no number', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  expect(guess(400_000)).toBe(400_000);
  expect(guess(3, 'queues')).toBe(3);
  expect(log.mock.calls.flat()).toEqual([
    'Your guess: 400 k pps. It comes back beside the answer.',
    'Your guess: 3 queues. It comes back beside the answer.',
  ]);
  expect(() => guess('many' as never)).toThrow(new TypeError('guess: value must be a number such as 400_000, got "many"'));
  expect(() => guess(-1)).toThrow(new RangeError('guess: value must be a number of at least 0, such as 400_000, got -1'));
});

it('a lesson replays committed runs, and says why where there are none', async () => {
  const runs = await runsOf(experiment);
  expect(runs.length).toBeGreaterThan(0);
  expect(runs).toEqual(recordedRuns('pinned'));
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  expect(await runsOf({ ...experiment, id: 'unheard-of' })).toEqual([]);
  expect(await runsOf({ ...experiment, id: 'far', receiver: { ...experiment.receiver, placements: [{ cpu: 4095 }] } })).toEqual([]);
  expect(log.mock.calls.flat()).toEqual([
    'No recorded run of *unheard-of*: it was not measured.',
    expect.stringMatching(/^No recorded run of \*far\*: receiver.placements\[0\]: /),
  ]);
});

it('two committed sets hold the same experiments on one machine and two receive paths, and a ladder into livelock behind the NIC', () => {
  const [veth, nic] = [recordedRuns(), recordedNicRuns()];
  const ladder = ['livelock-500k', 'livelock-700k', 'livelock-1500k'];
  expect(new Set(nic.map((run) => run.experiment.id))).toEqual(new Set([...veth.map((run) => run.experiment.id), ...ladder]));
  expect(new Set([...veth, ...nic].map(({ host }) => host.receivePath))).toEqual(new Set(['veth', 'software-nic']));
  expect([...new Set(recordedNicRuns('two-ips', 'pinned').map((run) => run.experiment.id))]).toEqual(['two-ips', 'pinned']);
});

it('packets a call are counted, not taken from the limit', () => {
  for (const run of recordedRuns('small-batches')) {
    expect(packetsPerCall(run, 'senders')).toBe(1);
    expect(packetsPerCall(run, 'receivers')).toBe(1);
  }
  for (const run of recordedRuns('pinned')) {
    expect(packetsPerCall(run, 'senders')).toBeCloseTo(run.experiment.sources[0]?.batchPackets ?? 0, 0);
    expect(packetsPerCall(run, 'receivers')).toBeGreaterThan(1);
  }
  const [run = never()] = recordedRuns('pinned');
  expect(packetsPerCall({ ...run, window: { first: 1, last: 1 } }, 'senders')).toBeNaN();
});

it('runs are shown an experiment a row, misses, losses and doubts with them', () => {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const rows = showRuns(recordedNicRuns('two-ips', 'pinned'));
  expect(rows.map(({ id }) => id)).toEqual(['two-ips', 'pinned']);
  const [text, doubts] = log.mock.calls.flat() as string[];
  expect(text).toMatch(/registered before.*measured, median.*lost in rings.*lost at sockets/);
  expect(text).toMatch(/^pinned .*%/m);
  expect(doubts).toMatch(/^\d+ of these \d+ runs carry a doubt in their record, such as "/);
});

it("answers keep the article's host and the machine apart, ranges named", () => {
  const rows = answerRows({ experiment, simulated, runs: recordedRuns('pinned') });
  expect(rows.map(({ kind }) => kind)).toEqual(['predicted', 'simulated', 'published', 'predicted', 'measured']);
  const [predicted, , published, registered, measured] = rows;
  expect(predicted?.pps).toBe(predict(experiment, article.host).deliveredPps);
  expect(published?.pps).toBe(article.published.pinned?.deliveredPps);
  expect(predicted?.host).toBe(published?.host);
  expect(registered?.host).toBe(measured?.host);
  expect(predicted?.host).not.toBe(measured?.host);
  expect(registered?.range).toBe('90 % prediction interval');
  for (const { low, pps, high } of rows) expect(low <= pps && pps <= high).toBe(true);
  expect(answerRows({ experiment, simulated, runs: [] })).toEqual(rows.slice(0, 3));
  expect(() => answerRows({ experiment: { ...experiment, id: 'mine' }, simulated, runs: recordedRuns('pinned') })).toThrow(
    /^answerRows: experiment.id must be one of naive, /,
  );
});

it('shows the guess among the answers, and where the machine lost packets', () => {
  const printed: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void printed.push(text));
  showAnswers({ experiment, guessPps: 123_456, simulated, runs: recordedRuns('pinned') });
  expect(printed[0]).toMatch(/you +your guess +123/);
  expect(printed[1]).toContain('Your guess: 123 k pps.');
  expect(printed.at(-1)).toMatch(/^Of the packets sent there, \*\*.* %\*\* arrived/);
});
