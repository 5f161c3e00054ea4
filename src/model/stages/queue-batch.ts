/** Packets that the thread of a software NIC's queue takes from its ring at a time: CPUMAP_BATCH. Source: kernel/bpf/cpumap.c. */
export const packetsPerBatch = 8;
