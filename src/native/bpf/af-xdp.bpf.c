// Hands every frame to the AF_XDP socket of the queue it came by; where there is none, to the network stack. Compiled by
// scripts/build-bpf.mjs into src/native/bpf_programs.cc.
#include "kernel-helpers.h"

int sockets MAP;

PROGRAM int af_xdp(struct xdp_md *context) { return bpf_redirect_map(&sockets, context->rx_queue_index, XDP_PASS); }
