import path from 'node:path';

/** One array of tasks. */
export interface SlurmArray {
  /** Name of all arrays of a sweep's folder. */
  name: string;
  /** Folder of the sweep. */
  folder: string;
  tasks: number;
  /** Machines that each task has to itself; 0 shares one. */
  exclusiveNodes: number;
}

/**
 * Arguments of sbatch for an array. Partition, account, time limit and the like are the user's: sbatch reads SBATCH_PARTITION and its relatives.
 *
 * @source sbatch(1) of Slurm 22.05
 * @example
 * sbatchArguments({ name: 'mpps', folder: '/x', tasks: 200, exclusiveNodes: 0 }).includes('--array=0-199') // => true
 */
export function sbatchArguments({ name, folder, tasks, exclusiveNodes }: SlurmArray): string[] {
  return [
    '--parsable',
    `--job-name=${name}`,
    `--array=0-${tasks - 1}`,
    ...(exclusiveNodes ? [`--nodes=${exclusiveNodes}`, '--ntasks-per-node=1', '--exclusive'] : ['--nodes=1', '--ntasks=1']),
    '--export=ALL',
    '--requeue',
    `--chdir=${folder}`,
    `--output=${path.join(folder, 'slurm/log').replaceAll('%', '%%')}`,
    '--open-mode=append',
  ];
}
