// A thread that runs replications of one simulation: takes their numbers.
import { workerData } from 'node:worker_threads';
import type { Experiment, Host } from '../experiment/index.js';
import type { SimulateOptions } from '../model/simulate/check-options.js';
import { Simulation } from '../model/simulate/simulation.js';
import { answerTasks } from './answer-tasks.js';

const { experiment, host, options } = workerData as { experiment: Experiment; host: Host; options: SimulateOptions };
const simulation = new Simulation(experiment, host, options);
answerTasks((replication: number) => simulation.replicate(replication));
