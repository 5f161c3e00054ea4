import { Check } from './check.js';
import type { WireConfig, WireSource } from './contract.js';

const configFields = [
  'cpu',
  'device',
  'sourceMac',
  'destinationMac',
  'sourceAddress',
  'destinationPort',
  'payloadBytes',
  'batchRuns',
  'catchesUpAtOnce',
  'sequenced',
  'firstFlow',
  'sources',
] as const;

/** Sizes of the memory that the program reads: wire_memory.h. */
const mostSources = 64;
const mostFlows = 16_384;
/** Payload of the longest packet that an Ethernet of 1500 bytes carries whole. */
const longestPayloadBytes = 1472;
/** Flow number and sequence number, then a time. */
const stampBytes = 16;
/** Flows that a stamp can tell apart. */
const stampFlows = 65_536;

/**
 * Checks a wire's config where it enters; the native code trusts it from there on.
 *
 * @throws TypeError or RangeError: `caller: field must be rule, got value`
 */
export function checkWireConfig(caller: string, config: WireConfig): void {
  const check = new Check(caller);
  check.fields('config', config, configFields);
  check.cpu('cpu', config.cpu);
  check.device('device', config.device);
  check.mac('sourceMac', config.sourceMac);
  check.mac('destinationMac', config.destinationMac);
  check.address('sourceAddress', config.sourceAddress);
  check.integer('destinationPort', config.destinationPort, 1, 65_535);
  const { sequenced = false, firstFlow = 0 } = config;
  check.oneOf('sequenced', sequenced, [true, false]);
  check.integer('payloadBytes', config.payloadBytes, sequenced ? stampBytes : 0, longestPayloadBytes);
  check.integer('batchRuns', config.batchRuns, 1, 64);
  check.oneOf('catchesUpAtOnce', config.catchesUpAtOnce ?? false, [true, false]);
  check.list('sources', config.sources, mostSources);
  for (const [index, source] of config.sources.entries()) checkSource(check, `sources[${index}]`, source);
  const flows = config.sources.reduce((sum, source) => sum + source.flows.length, 0);
  check.integer('number of flows', flows, 1, mostFlows);
  check.integer('firstFlow', firstFlow, 0, stampFlows - flows);
}

function checkSource(check: Check, path: string, source: WireSource): void {
  check.fields(path, source, ['flows', 'offeredPps']);
  check.list(`${path}.flows`, source.flows, mostFlows);
  for (const [index, flow] of source.flows.entries()) {
    check.fields(`${path}.flows[${index}]`, flow, ['destination', 'sourcePort']);
    check.address(`${path}.flows[${index}].destination`, flow.destination);
    check.integer(`${path}.flows[${index}].sourcePort`, flow.sourcePort, 1, 65_535);
  }
  if (source.offeredPps !== null) check.numberAbove(`${path}.offeredPps`, source.offeredPps, 0, 1e9);
}
