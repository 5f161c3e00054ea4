#pragma once
#include <linux/types.h>

// What the program of bpf/wire.bpf.c shares with the thread that runs it, in memory that both map. C and C++ read this file.

enum { kMostWireSources = 64, kMostWireFlows = 16384 };

/** Schedules count in 1/1024 of a nanosecond since the first packet, so that 3 million packets a second are not 3.003 million. */
enum { kScheduleShift = 10 };

/**
 * A packet that could not leave for this long after it was due is never sent, because a real wire owes nothing: what it was kept from sending
 * is not offered to anybody.
 */
enum { kLongestLateness = 1000000 << kScheduleShift };

/** One source: an open-loop schedule, and the flows that its packets take in turn. */
struct WireSource {
  /** When the next packet is due, and when it may leave at the earliest. */
  __u64 scheduled;
  __u64 earliest;
  /** Between two packets; 0 sends whenever it is this source's turn. */
  __u64 interval;
  /** Between two packets of a source that is late. */
  __u64 shortest_interval;
  __u64 sent;
  /** Packets that were due and never sent. */
  __u64 skipped;
  /** Latest that a packet left after it was due. */
  __u64 lateness_ns;
  __u32 first_flow;
  __u32 flows;
  __u32 turn;
  __u32 padding;
};

/** What differs between the packets of two flows, in network byte order, and how many of them were stamped. */
struct WireFlow {
  __u32 destination_address;
  __u16 source_port;
  /** Checksum of the IP header with that address. */
  __u16 header_checksum;
  __u64 next_sequence;
};

/** A payload's first bytes in the byte order of the machine: PayloadStamp of payload_stamp.h. */
struct WireStamp {
  __u64 flow_and_sequence;
  __u64 sent_ns;
};
enum { kStampSequenceBits = 48 };

struct WireState {
  /** CLOCK_MONOTONIC of the first run of the program: the schedules begin here, not before the kernel has set everything up. */
  __u64 start_ns;
  /** Nothing is sent from here on. */
  __u64 deadline_ns;
  /** Runs that found no packet due. */
  __u64 idle_runs;
  /** Interface that the packets leave by. */
  __u32 interface;
  __u32 sources;
  __u32 turn;
  /** Whether payloads begin with a WireStamp, and the number of the first flow in it. */
  __u32 is_stamped;
  __u32 first_stamp_flow;
  __u32 padding;
  struct WireSource source[kMostWireSources];
};

struct WireFlows {
  struct WireFlow flow[kMostWireFlows];
};
