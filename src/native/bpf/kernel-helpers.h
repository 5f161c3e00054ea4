#pragma once
#include <linux/bpf.h>
#include <linux/types.h>

// The few helpers that the programs call, by their numbers in include/uapi/linux/bpf.h, so that no libbpf is needed to compile them.
static void *(*const bpf_map_lookup_elem)(const void *map, const void *key) = (void *)BPF_FUNC_map_lookup_elem;
static __u64 (*const bpf_ktime_get_ns)(void) = (void *)BPF_FUNC_ktime_get_ns;
static long (*const bpf_redirect)(__u32 interface, __u64 flags) = (void *)BPF_FUNC_redirect;
static long (*const bpf_redirect_map)(const void *map, __u64 key, __u64 flags) = (void *)BPF_FUNC_redirect_map;

/** Marks a function as a program: each ends up in a section of its own. */
#define PROGRAM __attribute__((section("xdp"), used))
/** Marks a map that is passed to helpers; the loader finds it by its name. */
#define MAP __attribute__((section(".maps"), used))
/** Marks memory that the loader maps; the instructions address it directly. */
#define SHARED(name) __attribute__((section(".data." #name), used))

#define NETWORK_ORDER(value) __builtin_bswap16(value)
