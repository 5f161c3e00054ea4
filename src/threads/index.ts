export * from './answer-tasks.js';
export * from './on-threads.js';
export * from './simulate-on-threads.js';
