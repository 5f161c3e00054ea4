import { validator } from '../../experiment/validator.js';
import type { Answers, Message, Request } from './protocol.js';
import { answersSchema, messageSchema, requestSchema } from './schemas.js';

const message = validator<Message>(messageSchema);
const request = validator<Request>(requestSchema);
const answers = new Map<string, (value: unknown, where: string) => unknown>();

/** A line from a target host. @throws {SyntaxError | InputError} when it is not of the protocol */
export function parseMessage(line: string): Message {
  return message(JSON.parse(line), 'message');
}

/** A line to a target host. @throws {SyntaxError | InputError} when it is not of the protocol */
export function parseRequest(line: string): Request {
  return request(JSON.parse(line), 'request');
}

/** What came back for a verb. @throws {InputError} when it is not what the protocol says */
export function parseAnswer<Verb extends keyof Answers>(verb: Verb, value: unknown): Answers[Verb] {
  let parse = answers.get(verb);
  if (!parse) {
    parse = validator<Answers[Verb]>({ ...answersSchema, $ref: `#/definitions/Answers/properties/${verb}` });
    answers.set(verb, parse);
  }
  return parse(value, verb) as Answers[Verb];
}
