// The wire: makes packets inside the kernel and hands them to the far end of a veth pair. Compiled by scripts/build-bpf.mjs into
// src/native/bpf_programs.cc. The kernel runs it again and again with one prepared packet (BPF_PROG_RUN with live frames); each run
// sends that packet for the source whose turn it is, or drops it when none is due.
#include "kernel-helpers.h"

#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/udp.h>

#include "../wire_memory.h"

struct WireState state SHARED(state);
struct WireFlows flows SHARED(flows);

PROGRAM int wire(struct xdp_md *context) {
  void *end = (void *)(long)context->data_end;
  struct ethhdr *ethernet = (void *)(long)context->data;
  struct iphdr *ip = (void *)(ethernet + 1);
  struct udphdr *udp = (void *)(ip + 1);
  if ((void *)(udp + 1) > end) return XDP_ABORTED;

  const __u64 clock_ns = bpf_ktime_get_ns();
  if (clock_ns >= state.deadline_ns) return XDP_DROP;
  if (!state.start_ns) state.start_ns = clock_ns;
  const __u64 now = (clock_ns - state.start_ns) << kScheduleShift;

  // One source a run, in turn: a run costs less than a search for the one that is due first.
  const __u32 turn = state.turn;
  state.turn = turn + 1 < state.sources ? turn + 1 : 0;
  struct WireSource *source = &state.source[turn & (kMostWireSources - 1)];
  if (now < source->scheduled || now < source->earliest) {
    state.idle_runs++;
    return XDP_DROP;
  }

  __u64 lateness_ns = 0;
  if (source->interval) {
    const __u64 lateness = now - source->scheduled;
    if (lateness > kLongestLateness) {
      const __u64 skipped = (lateness - kLongestLateness) / source->interval + 1;
      source->skipped += skipped;
      source->scheduled += skipped * source->interval;
      if (now < source->scheduled) return XDP_DROP;
    }
    lateness_ns = (now - source->scheduled) >> kScheduleShift;
    if (lateness_ns > source->lateness_ns) source->lateness_ns = lateness_ns;
    source->scheduled += source->interval;
    source->earliest = now + source->shortest_interval;
  }
  const __u32 number = (source->first_flow + source->turn) & (kMostWireFlows - 1);
  struct WireFlow *flow = &flows.flow[number];
  source->turn = source->turn + 1 < source->flows ? source->turn + 1 : 0;
  ip->daddr = flow->destination_address;
  ip->check = flow->header_checksum;
  udp->source = flow->source_port;
  if (state.is_stamped) {
    struct WireStamp *stamp = (void *)(udp + 1);
    if ((void *)(stamp + 1) > end) return XDP_ABORTED;
    stamp->flow_and_sequence = (__u64)(state.first_stamp_flow + number) << kStampSequenceBits | flow->next_sequence++;
    stamp->sent_ns = clock_ns - lateness_ns;
  }
  source->sent++;
  return bpf_redirect(state.interface, 0);
}
