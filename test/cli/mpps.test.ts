import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const program = path.resolve(import.meta.dirname, '../../dist/cli/mpps.js');
const folder = mkdtempSync(path.join(os.tmpdir(), 'mpps-cli-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function mpps(...argv: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [program, ...argv], { encoding: 'utf8' });
}

function file(name: string, text: string): string {
  const target = path.join(folder, name);
  writeFileSync(target, text);
  return target;
}

const articleIds = [
  'naive',
  'pinned',
  'two-senders-one-ip',
  'place-same-node',
  'place-same-cpu',
  'place-ht-sibling',
  'place-other-node',
  'two-ips',
  'many-queues-one-reader',
  'two-threads-one-socket',
  'reuseport-four',
  'aligned-four',
  'aligned-other-node',
];

describe('mpps article --json', () => {
  it('lists all thirteen configurations with published and predicted figures', () => {
    const { status, stdout } = mpps('article', '--json');
    const { rows, figures } = JSON.parse(stdout) as {
      rows: { id: string; publishedPps: number; predictedPps: number; error: number }[];
      figures: unknown;
    };
    expect(status).toBe(0);
    expect(rows.map(({ id }) => id).sort()).toEqual([...articleIds].sort());
    for (const { publishedPps, predictedPps, error } of rows) expect(error).toBeCloseTo(predictedPps / publishedPps - 1, 12);
    expect(figures).toBeDefined();
  });
});

describe('mpps predict', () => {
  it('prints one Outcome whose account closes', () => {
    const { status, stdout } = mpps('predict', 'pinned', '--json');
    const outcome = JSON.parse(stdout) as { offeredPps: number; deliveredPps: number; lossesPps: Record<string, number> };
    expect(status).toBe(0);
    expect(outcome.deliveredPps + Object.values(outcome.lossesPps).reduce((sum, pps) => sum + pps, 0)).toBeCloseTo(outcome.offeredPps, 3);
  });

  it('reads an experiment from a file', () => {
    const { status, stdout } = mpps('predict', file('mine.json', '{"id":"mine","sources":[{"offeredPps":1000}]}'), '--json');
    expect([status, (JSON.parse(stdout) as { deliveredPps: number }).deliveredPps]).toEqual([0, expect.closeTo(1000, 3)]);
  });
});

describe('wrong input gives one line on standard error, nothing on standard output, and exit code 2', () => {
  it.each([
    ['an unknown command', ['mesure'], /command must be one of .*got mesure/],
    ['an unknown id', ['predict', 'pined'], /must be a JSON file or one of .*pinned.*got "pined"/],
    ['an unknown flag', ['predict', 'pinned', '--hots', 'this'], /Unknown option '--hots'/],
    ['a missing argument', ['predict'], /arguments must be ID\|FILE, got none/],
    ['an unknown key', ['predict', file('key.json', '{"id":"x","sources":[{"bacth":1}]}')], /key\.json: sources\[0\]\.bacth is not a known field/],
    ['a negative batch', ['predict', file('batch.json', '{"id":"x","sources":[{"batchPackets":-1}]}')], /batchPackets must be >= 1, got -1/],
    ['port 70000', ['measure', file('port.json', '{"id":"x","receiver":{"port":70000}}')], /receiver\.port must be <= 65535, got 70000/],
    ['a torn file', ['predict', file('torn.json', '{"id":')], /torn\.json: file must be whole JSON/],
    ['a broken host', ['predict', 'pinned', '--host', file('host.json', '{"name":"x"}')], /host\.json: .* must be given/],
    ['rounds that are no number', ['start', '--rounds', 'many'], /--rounds must be a whole number from 1 to 1000, got many/],
    ['a folder for a file', ['predict', folder], /must be a regular file, got a folder/],
    ['a device for a file', ['predict', '/dev/zero'], /must be a regular file, got a special file/],
    ['a folder that is not there', ['report', '--folder', '/no/such/folder'], /--folder must be a folder that exists/],
    ['an output that is a folder', ['report', '--out', folder], /--out must be a file/],
    ['a flag without its value', ['calibrate', '--rounds', '-1'], /rounds/],
    ['an id with a line break', ['predict', 'a\nb'], /got "a\\nb"/],
    ['a study that is none', ['study', 'no-such'], /study: must be a JSON file, a study \(.*start.*\) or experiments; .*got "no-such"/],
    ['a study of one thing twice', ['study', 'pinned', 'pinned'], /ids of their own, got pinned twice/],
    [
      'a study file with a wrong key',
      ['study', file('s.json', '{"id":"s","experiments":["pinned"],"repeat":3}')],
      /s\.json: repeat is not a known field; did you mean repeats\?/,
    ],
    ['a name that is a path', ['study', 'pinned', '--name', '../x'], /--name must be lower-case letters/],
    ['minutes that are none', ['study', 'pinned', '--minutes', '0'], /--minutes must be a number above 0, got 0/],
    ['nothing to explain', ['explain'], /must be one ID\|FILE, or --run NAME, got none/],
    ['a run that is none', ['explain', '--run', 'no-such'], /--run must be a record's file or the name of a run/],
    ['a run that is several', ['explain', '--run', 'pinned-'], /--run must name one run, got pinned-, which \d+ begin with/],
    ['a set that is none', ['compare', 'no-such', 'two-cpu-vm'], /a set must be a folder in data\/runs\/.*got "no-such"/],
    ['an export of nothing', ['export', '--folder', mkdtempSync(path.join(folder, 'empty-'))], /must hold records, and holds none/],
    ['a loss of everything', ['search', 'pinned', '--loss', '0.01,1'], /--loss must be shares above 0 and below 1, got 0\.01,1/],
    ['a wrong action', ['lab', 'sideways'], /action must be up, down or status, got sideways/],
  ])('%s', (_, argv, message) => {
    const { status, stdout, stderr } = mpps(...argv);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect([status, stdout]).toEqual([2, '']);
  });
});

it('a CPU that this machine does not have is refused with exit code 3', () => {
  const cpu = file('cpu.json', '{"id":"x","receiver":{"placements":[{"cpu":4095}]}}');
  const { status, stderr } = mpps('predict', cpu, '--host', 'this');
  expect([status, stderr.trim().split('\n').length]).toEqual([3, 1]);
  expect(stderr).toMatch(/4095/);
});

describe('mpps report', () => {
  it('skips a broken record with one line and still writes the page', () => {
    const runs = mkdtempSync(path.join(folder, 'runs-'));
    writeFileSync(path.join(runs, 'torn.json'), '{"schema":"million-packets/run/1"');
    const page = path.join(folder, 'report.html');
    const { status, stderr } = mpps('report', '--folder', runs, '--out', page);
    expect([status, stderr]).toEqual([0, expect.stringMatching(/^mpps: skipped: torn\.json: file must be whole JSON.*\n$/)]);
  });
});

describe('mpps score --json', () => {
  it('keeps kinds of evidence apart', () => {
    const { status, stdout } = mpps('score', '--json', '--folder', path.resolve(import.meta.dirname, '../../data/runs/two-cpu-vm'));
    const scores = JSON.parse(stdout) as Record<
      'registered' | 'fitted' | 'heldOut',
      { count: number; medianAbsError: number; worstAbsError: number; coverage90: number }
    >;
    expect(status).toBe(0);
    for (const { count, medianAbsError, worstAbsError } of Object.values(scores)) {
      expect(count).toBeGreaterThan(0);
      expect(medianAbsError).toBeLessThanOrEqual(worstAbsError);
    }
    expect(scores.registered.coverage90).toBeGreaterThanOrEqual(0);
    expect(scores.registered.coverage90).toBeLessThanOrEqual(1);
  });
});

describe('mpps explain --run', () => {
  it('splits the miss of a record so that the causes sum to it, and draws it', () => {
    const chart = path.join(folder, 'why.svg');
    const record = path.resolve(import.meta.dirname, '../../data/runs/two-cpu-vm/small-batches-20261123t170651z-4465.json');
    const { status, stdout } = mpps('explain', '--run', record, '--chart', chart, '--json');
    const { predictedPps, measuredPps, causes } = JSON.parse(stdout) as { predictedPps: number; measuredPps: number; causes: { pps: number }[] };
    expect(status).toBe(0);
    expect(causes.reduce((sum, { pps }) => sum + pps, predictedPps)).toBeCloseTo(measuredPps, 3);
    expect(readFileSync(chart, 'utf8')).toMatch(/^<svg/);
  });
});

describe('a record from another machine, dropped into the folder', () => {
  const recorded = path.resolve(import.meta.dirname, '../../data/runs/two-cpu-vm');
  const runs = mkdtempSync(path.join(folder, 'dropped-'));
  cpSync(recorded, path.join(runs, 'mine'), { recursive: true });
  const name = 'half-load-20261123t170502z-5b69';
  const record = JSON.parse(readFileSync(path.join(recorded, `${name}.json`), 'utf8'));
  const foreign = { ...record, name: 'theirs', host: { ...record.host, name: 'a colleague’s machine' } };
  foreign.predictionSha256 = createHash('sha256')
    .update(
      `${JSON.stringify({ experiment: foreign.experiment, host: foreign.host, plan: foreign.plan, prediction: foreign.prediction }, null, 1)}\n`,
    )
    .digest('hex');
  mkdirSync(path.join(runs, 'theirs'));
  writeFileSync(path.join(runs, 'theirs', 'theirs.json'), JSON.stringify(foreign));

  it('appears in the score, by its host and its folder', () => {
    const { registered } = JSON.parse(mpps('score', '--json', '--folder', runs).stdout);
    expect(registered.hosts['a colleague’s machine'].count).toBe(1);
    expect(registered.sets.theirs.count).toBe(1);
  });

  it('appears in the report', () => {
    const page = path.join(folder, 'theirs.html');
    expect(mpps('report', '--folder', runs, '--out', page).status).toBe(0);
    const text = readFileSync(page, 'utf8');
    expect(text).toContain('a colleague’s machine');
    for (const part of ['Score', 'Why the predictions missed', 'Threats to validity, from the data', 'What to change next', 'The host and its costs'])
      expect(text).toContain(`>${part}<`);
  });

  it('appears in the chart of all sets, a panel and a sentence of its own', () => {
    const page = path.join(folder, 'sets.html');
    expect(mpps('report', '--folder', runs, '--out', page).status).toBe(0);
    const text = readFileSync(page, 'utf8');
    expect(text).toMatch(/alt="Measured over predicted[^"]*mine: [^"]*theirs: [01] of 1 runs inside/);
    expect(text).toMatch(/<li>theirs, of a colleague’s machine: 1 run, median error/);
    expect(mpps('report', '--folder', path.join(runs, 'mine'), '--out', page).status).toBe(0);
    expect(readFileSync(page, 'utf8')).not.toContain('Every set side by side');
  });

  it('appears in a comparison', () => {
    const { status, stdout } = mpps('compare', path.join(runs, 'mine'), path.join(runs, 'theirs'), '--json');
    const { rows, hosts } = JSON.parse(stdout);
    expect([status, hosts[1], rows.map(({ id }: { id: string }) => id)]).toEqual([0, ['a colleague’s machine'], ['half-load']]);
  });

  it('is exported under a number, with a description that fits the table; under its name when asked', () => {
    const out = path.join(folder, 'exported');
    expect(mpps('export', '--folder', runs, '--out', out).status).toBe(0);
    const text = readFileSync(path.join(out, 'runs.csv'), 'utf8');
    const { resources } = JSON.parse(readFileSync(path.join(out, 'datapackage.json'), 'utf8'));
    expect(text).not.toMatch(/colleague|AMD|192\.168|,theirs,|,mine,/);
    expect(text).toContain(',host-2,');
    const [heading = '', ...lines] = text.trimEnd().split('\r\n');
    expect(resources[0].schema.fields.map(({ name: field }: { name: string }) => field)).toEqual(heading.split(','));
    expect(lines).toHaveLength(37);
    for (const { path: file, hash, bytes } of resources) {
      const content = readFileSync(path.join(out, file));
      expect([hash, bytes]).toEqual([`sha256:${createHash('sha256').update(content).digest('hex')}`, content.length]);
    }
    mpps('export', '--folder', runs, '--out', out, '--names');
    expect(readFileSync(path.join(out, 'runs.csv'), 'utf8')).toMatch(/a colleague’s machine.*192\.168\.254\.1/s);
  });
});

describe('every command has --help', () => {
  it.each([
    'start',
    'article',
    'predict',
    'explain',
    'measure',
    'study',
    'sweep',
    'calibrate',
    'score',
    'compare',
    'export',
    'report',
    'lab',
    'watch',
    'doctor',
  ])('%s', (name) => {
    const { status, stdout, stderr } = mpps(name, '--help');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`mpps ${name}`);
    expect(stdout).toContain('--json');
  });
});

describe('mpps lessons', () => {
  it('copies lessons for a student, and collects their guesses as one document', () => {
    const target = path.join(folder, 'anna');
    expect(mpps('lessons', 'student', target)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^\d+ notebooks in /) });
    const { lessons } = JSON.parse(mpps('lessons', 'collect', target, '--json').stdout) as { lessons: { guesses: unknown[] }[] };
    expect(lessons.length).toBeGreaterThan(0);
    expect(mpps('lessons', 'collect', path.join(folder, 'nobody'))).toMatchObject({ status: 2 });
    expect(mpps('lessons', 'grade', target)).toMatchObject({ status: 2, stderr: expect.stringContaining('action must be student or collect') });
  });
});
