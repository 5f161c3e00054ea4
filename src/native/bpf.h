#pragma once
#include <linux/bpf.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "bpf_program.h"
#include "descriptor.h"

// bpf(2) and nothing else: no libbpf, no compiler, no file on disk. Whatever is opened here goes away with its descriptor, and so with
// the process, also after kill -9. Every function throws SystemFailure.

namespace million_packets {

struct BpfMapShape {
  const char* name;
  bpf_map_type type;
  uint32_t key_bytes;
  uint32_t value_bytes;
  uint32_t entries;
  uint32_t flags = 0;
  /** For maps of maps: one of those that it will hold. */
  int inner_map = -1;
};

Descriptor create_map(const BpfMapShape& shape);

void update_map(int map, const void* key, const void* value);

/** Opens a map of any process by its number. */
Descriptor open_map(uint32_t number);

/** Number by which the kernel knows the map, also in the names of the threads that serve a CPUMAP. */
uint32_t map_number(int map);

/** A map that an instruction refers to, and the place inside its memory where the shared object begins. */
struct BpfMapPlace {
  int map;
  uint32_t offset_bytes = 0;
};

/** Loads an XDP program. When the verifier refuses, the SystemFailure holds its whole log. */
Descriptor load_program(const BpfProgram& program, const std::map<std::string, BpfMapPlace>& maps, bpf_attach_type attach_type);

/** Attaches an XDP program to the driver of an interface of the calling thread's network namespace, until the link is closed. */
Descriptor link_to_driver(int program, const std::string& device);

/** How often a program runs: altogether, and between two flushes of what it sent. */
struct LiveFrameRuns {
  uint32_t batch;
  uint32_t total;
};

/** Runs an XDP program with a packet again and again, each run on a frame that may really leave. Returns early when a signal comes. */
void run_with_live_frames(int program, const std::vector<uint8_t>& packet, LiveFrameRuns runs);

}  // namespace million_packets
