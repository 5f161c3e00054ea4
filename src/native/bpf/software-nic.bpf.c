// A multi-queue NIC in software. Compiled by scripts/build-bpf.mjs into src/native/bpf_programs.cc.
//
// `software_nic` runs in the driver of the receiving veth, on the CPU of whoever sends, and stands for the hardware: Toeplitz hash,
// indirection table, steering rules, and one bounded ring for each queue (a CPUMAP of one entry). `count_serviced` runs in the kernel
// thread that empties such a ring on the CPU of its queue, before the network stack. A queue that AF_XDP reads has no ring: its frames go
// straight into the memory of its socket, on the CPU that sends them.
#include "kernel-helpers.h"

#include <linux/if_ether.h>
#include <linux/in.h>
#include <linux/ip.h>
#include <linux/udp.h>

#include "../nic_memory.h"

struct NicSettings settings SHARED(settings);
struct NicQueue queues[kMostQueues] SHARED(queues);
/** Queue of a destination address. */
int rules MAP;
/** One CPUMAP for each queue. */
int rings MAP;
/** AF_XDP socket of each queue of the device that stands behind, which has one. */
int sockets MAP;

enum { kFragment = 0x3fff, kAddressBytes = 8, kWordsOfPlainHeader = 5 };

PROGRAM int software_nic(struct xdp_md *context) {
  void *end = (void *)(long)context->data_end;
  struct ethhdr *ethernet = (void *)(long)context->data;
  struct iphdr *ip = (void *)(ethernet + 1);
  struct udphdr *udp = (void *)(ip + 1);
  if ((void *)(ip + 1) > end || ethernet->h_proto != NETWORK_ORDER(ETH_P_IP) || ip->protocol != IPPROTO_UDP) return XDP_PASS;

  const __u8 *addresses = (const __u8 *)&ip->saddr;
  __u32 hash = 0;
#pragma unroll
  for (int index = 0; index < kAddressBytes; index++) hash ^= settings.hash_of_byte[index][addresses[index]];
  // As in hardware, the ports of a fragment do not count: only the first one has them.
  if (ip->ihl == kWordsOfPlainHeader && !(ip->frag_off & NETWORK_ORDER(kFragment)) && (void *)(udp + 1) <= end) {
    const __u8 *ports = (const __u8 *)udp;
#pragma unroll
    for (int index = kAddressBytes; index < kHashedBytes; index++) hash ^= settings.hash_of_byte[index][ports[index - kAddressBytes]];
  }

  __u32 queue = settings.table[hash & settings.table_mask & (kMostTableEntries - 1)];
  if (settings.has_rules) {
    __u32 *chosen = bpf_map_lookup_elem(&rules, &ip->daddr);
    if (chosen) queue = *chosen;
  }
  // The verifier does not know that queues are no more.
  struct NicQueue *counters = &queues[queue & (kMostQueues - 1)];
  if (counters->has_socket) {
    __sync_fetch_and_add(&counters->offered, 1);
    return bpf_redirect_map(&sockets, context->rx_queue_index, XDP_PASS);
  }
  const __u32 key = queue;
  void *ring = bpf_map_lookup_elem(&rings, &key);
  if (!ring) return XDP_PASS;
  // Several CPUs may send at once.
  __sync_fetch_and_add(&counters->offered, 1);
  return bpf_redirect_map(ring, counters->cpu, XDP_PASS);
}

/** Loaded once for each queue, with the address of that queue's counter. */
PROGRAM int count_serviced(struct xdp_md *context) {
  (void)context;
  queues[0].serviced++;
  return XDP_PASS;
}
