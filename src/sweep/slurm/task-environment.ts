/** What the tasks of an array read from their environment, beside Slurm's own variables. */
export interface TaskEnvironment {
  /** The Node.js that runs them. */
  MPPS_SWEEP_NODE: string;
  /** `array-task.js` of this kit. */
  MPPS_SWEEP_PROGRAM: string;
  /** Folder of the sweep. */
  MPPS_SWEEP_FOLDER: string;
  /** File with the ids of the array's jobs, one a line. */
  MPPS_SWEEP_JOBS: string;
  /** An ssh configuration instead of the user's own; empty for the user's own. */
  MPPS_SWEEP_SSH_CONFIG: string;
}
