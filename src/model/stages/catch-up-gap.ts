/**
 * Shortest time between two packets of a wire that was kept from its CPU, relative to its schedule: it catches up at twice its pace.
 *
 * Source: the kit's own wire, src/native/bpf/wire.bpf.c.
 */
export const catchUpGap = 0.5;
