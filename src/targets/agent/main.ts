// Entry of the kit's program on a target host: one JSON line a request on stdin, one a reply on stdout. Nothing listens anywhere.
import { mkdirSync } from 'node:fs';
import { Journal } from '../../host/index.js';
import { versions } from '../../lab/versions.js';
import { boundedLines } from '../protocol/bounded-lines.js';
import { parseRequest } from '../protocol/parse-message.js';
import { type Message, protocolVersion } from '../protocol/protocol.js';
import { Agent } from './agent.js';
import { journalFolder } from './journal-folder.js';
import { readBundleDigest } from './read-bundle-digest.js';

/** Whoever asks nothing for so long is gone, even where TCP has not noticed. */
const longestSilenceMs = 60_000;

process.env.PATH = `${process.env.PATH ?? '/usr/bin:/bin'}:/usr/sbin:/sbin`;
const tell = (message: Message) => void process.stdout.write(`${JSON.stringify(message)}\n`);
const agent = new Agent(tell);
let hasEnded = false;

async function end(status: number): Promise<never> {
  if (!hasEnded) {
    hasEnded = true;
    await agent.end();
    process.exit(status);
  }
  return new Promise(() => {});
}

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.on(signal, () => void end(0));
process.stdout.on('error', () => void end(0));

mkdirSync(journalFolder, { recursive: true });
const journals = Journal.all(journalFolder);
const leftovers = journals.filter(({ isLeftover }) => isLeftover);
const undone = leftovers.reduce((sum, { changes }) => sum + changes.length, 0);
for (const journal of leftovers) journal.undo();
tell({
  event: 'hello',
  protocol: protocolVersion,
  kit: versions().kit,
  digest: readBundleDigest(),
  undone,
  busy: journals.length - leftovers.length,
});

let silence = setTimeout(() => void end(0), longestSilenceMs);
try {
  for await (const line of boundedLines(process.stdin)) {
    clearTimeout(silence);
    silence = setTimeout(() => void end(0), longestSilenceMs);
    void agent.obey(parseRequest(line));
  }
  await end(0);
} catch (error) {
  process.stderr.write(`${(error as Error).message.split('\n')[0]}\n`);
  await end(1);
}
