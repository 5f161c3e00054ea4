/** What a thread does in the present estimate. */
export interface NicLoad {
  /** Packets per second that it handles; of a reader with a CPU of its own, that it could. */
  pps: number;
  /** Share of its CPU's time in which it works, wake-ups included. */
  busy: number;
  /** Wake-ups of it for each packet that comes. */
  wakeUps: number;
}
