import { articleExplorable } from './article-explorable.js';
import type { Explorable } from './explorable.js';
import { hashingExplorable } from './hashing-explorable.js';
import { livelockExplorable } from './livelock-explorable.js';
import { occupancyExplorable } from './occupancy-explorable.js';
import { pathExplorable } from './path-explorable.js';

/** All explorables, in the order in which they are taught. */
export const explorables: readonly Explorable[] = [pathExplorable, hashingExplorable, occupancyExplorable, livelockExplorable, articleExplorable];
