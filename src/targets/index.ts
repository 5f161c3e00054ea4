export * from './check-host.js';
export * from './for-each-host.js';
export * from './is-node-recent.js';
export * from './prepare-host.js';
export * from './read-ansible-inventory.js';
export * from './read-hosts-file.js';
export * from './remove-host.js';
export * from './ssh/plain-line.js';
