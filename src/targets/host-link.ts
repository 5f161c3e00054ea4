import { HostError, type NamedHost } from '../experiment/index.js';
import { boundedLines } from './protocol/bounded-lines.js';
import { parseAnswer, parseMessage } from './protocol/parse-message.js';
import { type Answers, type Hello, protocolVersion, type Request } from './protocol/protocol.js';
import type { RemoteProcess } from './ssh/connection.js';
import { plainLine } from './ssh/plain-line.js';

interface Waiting {
  verb: keyof Answers;
  resolve(answer: never): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/** A request without its number. */
export type Ask<Verb extends keyof Answers> = Omit<Extract<Request, { verb: Verb }>, 'id' | 'verb'>;

const longestGreetingS = 30;
const longestAnswerS = 15;
/** Exit codes of the fixed command, and what they mean. */
const exits: Record<number, string> = {
  92: 'the kit is not there; run mpps hosts prepare',
  93: 'Node.js is not there; run mpps hosts prepare again',
};

/**
 * This side of the kit's program on a target host. Whatever comes back is checked: a line that is too long, is not of the protocol or that nobody
 * asked for ends the link, and everything that waits hears why.
 */
export class HostLink {
  readonly host: NamedHost;
  /** Resolves with the reason once the host stopped by itself or the link ended. */
  readonly ended: Promise<HostError>;
  #hello!: (hello: Hello) => void;
  #end!: (reason: HostError) => void;
  #reason: HostError | null = null;
  readonly #child: RemoteProcess;
  readonly #explain: (printed: string) => HostError;
  readonly #waiting = new Map<number, Waiting>();
  readonly #greeting: Promise<Hello>;
  #asked = 0;
  #printed = '';

  /** @param explain turns what ssh printed into one line, for links that ssh carried */
  constructor(host: NamedHost, child: RemoteProcess, explain: (printed: string) => HostError) {
    this.host = host;
    this.#child = child;
    this.#explain = explain;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.#greeting = new Promise((resolve) => {
      this.#hello = resolve;
    });
    child.stdin.on('error', () => {});
    child.stderr.on('data', (chunk: Buffer) => {
      this.#printed = (this.#printed + chunk.toString()).slice(-4000);
    });
    child.once('error', (error) => this.#fail(error.message));
    child.once('close', (status) => this.#died(status));
    void this.#listen();
  }

  /** Waits for the greeting of a kit of the same version. @throws {HostError} of one line */
  async greeting(): Promise<Hello> {
    const timer = setTimeout(() => this.#fail('it did not greet in time'), longestGreetingS * 1000);
    const hello = await Promise.race([this.#greeting, this.ended]);
    clearTimeout(timer);
    if (hello instanceof Error) throw hello;
    if (hello.protocol !== protocolVersion)
      throw this.#fail(`its kit speaks protocol ${hello.protocol}, this one ${protocolVersion}; run mpps hosts prepare`);
    return hello;
  }

  /** @throws {HostError} when the host refuses, answers wrongly, or does not answer in time */
  ask<Verb extends keyof Answers>(verb: Verb, request: Ask<Verb>, seconds: number = longestAnswerS): Promise<Answers[Verb]> {
    if (this.#reason) return Promise.reject(this.#reason);
    this.#asked += 1;
    const id = this.#asked;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#fail(`it did not answer within ${seconds} s`), seconds * 1000);
      this.#waiting.set(id, { verb, resolve: resolve as Waiting['resolve'], reject, timer });
      this.#child.stdin.write(`${JSON.stringify({ id, verb, ...request })}\n`);
    });
  }

  /** Says goodbye: the host stops its threads, takes back its changes and ends. Resolves when it has, or after `seconds`. */
  async close(seconds = 10): Promise<void> {
    const gone = new Promise<void>((resolve) => {
      if (this.#child.exitCode !== null || this.#child.signalCode !== null) resolve();
      else this.#child.once('exit', () => resolve());
    });
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), seconds * 1000);
    await gone;
    clearTimeout(timer);
  }

  async #listen(): Promise<void> {
    try {
      for await (const line of boundedLines(this.#child.stdout)) {
        if (this.#reason) return;
        this.#hear(line);
      }
    } catch (error) {
      this.#fail(`it does not speak the kit's protocol (${plainLine((error as Error).message, 120)})`);
    }
  }

  #hear(line: string): void {
    const message = parseMessage(line);
    if ('event' in message) {
      if (message.event === 'hello') this.#hello(message);
      // Its counters can still be asked for.
      else this.#end(new HostError(`${this.host.name}: ${plainLine(message.reason)}`));
      return;
    }
    const waiting = this.#waiting.get(message.id);
    if (!waiting) throw new RangeError('an answer that nobody asked for');
    this.#waiting.delete(message.id);
    clearTimeout(waiting.timer);
    if ('error' in message) {
      waiting.reject(new HostError(`${this.host.name}: ${plainLine(message.error.message)}`));
      return;
    }
    try {
      waiting.resolve(parseAnswer(waiting.verb, message.answer) as never);
    } catch (error) {
      waiting.reject(this.#fail(`its answer to ${waiting.verb} is not of the kit's protocol (${plainLine((error as Error).message, 120)})`));
    }
  }

  #died(status: number | null): void {
    if (status === 255) this.#settle(this.#explain(this.#printed));
    else if (status !== null && exits[status]) this.#fail(exits[status]);
    else this.#fail(`the kit's program ended${plainLine(this.#printed) && `: ${plainLine(this.#printed)}`}`);
  }

  #fail(why: string): HostError {
    return this.#settle(new HostError(`${this.host.name}: ${why}`));
  }

  #settle(reason: HostError): HostError {
    if (this.#reason) return this.#reason;
    this.#reason = reason;
    this.#end(reason);
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(reason);
    }
    this.#waiting.clear();
    // Nothing that it says from here on matters; closing its input makes an honest one stop and clean up.
    this.#child.stdin.end();
    setTimeout(() => this.#child.kill('SIGKILL'), 10_000).unref();
    return reason;
  }
}
