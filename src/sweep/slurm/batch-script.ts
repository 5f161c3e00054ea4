/**
 * The whole of what is given to a shell on a Slurm cluster, letter by letter: on standard input of sbatch. What differs from task to task is in
 * environment variables.
 */
export const batchScript = `#!/bin/sh
exec "$MPPS_SWEEP_NODE" "$MPPS_SWEEP_PROGRAM"
`;
