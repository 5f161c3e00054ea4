/** What the equations say about a scenario, arrays in the scenario's numbering. */
export interface Solution {
  /** Packets per second that each source sends. */
  sourcePps: number[];
  flows: FlowSolution[];
  sockets: SocketSolution[];
  /** Shares of each processor's time. */
  processors: ProcessorSolution[];
  /** Load of the busiest member of each stage; 1 is full. */
  utilization: { source: number; wire: number; softirq: number; reader: number };
  /** The unknowns of the fixed point, from which a neighbouring case starts. */
  unknowns: number[];
  /** Largest change of an unknown in the last step. */
  residual: number;
}

/** Rates of one flow. */
export interface FlowSolution {
  offeredPps: number;
  /** Through the softirq, to the socket. */
  servicedPps: number;
}

/** Rates of one socket. */
export interface SocketSolution {
  offeredPps: number;
  deliveredPps: number;
  /** Lost while a reader stalled that has time enough on average; left out where nobody asked. */
  stalledPps?: number;
}

/** Shares of one processor's time. */
export interface ProcessorSolution {
  softirq: number;
  system: number;
  user: number;
}
