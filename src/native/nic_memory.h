#pragma once
#include <linux/types.h>

// What the programs of bpf/software-nic.bpf.c share with those who loaded them, in memory that both map. C and C++ read this file.

enum { kHashedBytes = 12, kMostTableEntries = 4096, kMostQueues = 1024 };

/** How packets find their queue. */
struct NicSettings {
  /** Contribution of each value of each hashed byte to the Toeplitz hash: addresses first, then ports; zeros for fields that are left out. */
  __u32 hash_of_byte[kHashedBytes][256];
  /** Entries of the indirection table, less one; the entries are a power of two. */
  __u32 table_mask;
  /** Whether the map of steering rules holds any. */
  __u32 has_rules;
  __u16 table[kMostTableEntries];
};

/** One queue; the wire's CPU writes the first line, the CPU that serves the queue writes the second. */
struct NicQueue {
  /** Packets that the hash or a rule sent to this queue, whether or not its ring had room. */
  __u64 offered;
  __u32 cpu;
  /** Whether an AF_XDP socket takes its frames, so that it has no ring. */
  __u32 has_socket;
  __u8 own_line[48];
  /** Packets taken out of the ring. */
  __u64 serviced;
  __u8 own_line_too[56];
};
