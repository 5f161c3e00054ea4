#pragma once
#include <linux/if_xdp.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "descriptor.h"
#include "mapped_memory.h"
#include "packet_reader.h"

namespace million_packets {

/** How an XdpReader reads. */
struct XdpReaderConfig {
  /** Interface of the calling thread's network namespace. */
  std::string device;
  /** UDP port whose datagrams count; frames of others are taken and forgotten. */
  int port;
  /** XSKMAP of a program that is on the device already; without it the reader brings a program of its own. */
  std::optional<uint32_t> socket_map_number;
  int batch_packets;
  int timeout_ms;
  /** Asks again at once when nothing has come, instead of sleeping. */
  bool spins;
  bool keeps_payloads;
};

/**
 * Takes frames of a device's first queue before the network stack sees them: an AF_XDP socket in copy mode and the XDP program that fills
 * it (Documentation/networking/af_xdp.rst). Receives only: on veth, AF_XDP transmit corrupts completions (Linux 6.18).
 */
class XdpReader : public PacketReader {
 public:
  static constexpr uint32_t kFrames = 4096, kFrameBytes = 2048;
  static constexpr uint32_t kBufferBytes = kFrames * kFrameBytes;

  /** Opens socket and program; both go away with the reader. Throws SystemFailure. */
  explicit XdpReader(const XdpReaderConfig& config);

  void read(ReadBatch& batch) override;

  /** XDP_STATISTICS since it was opened. */
  xdp_statistics statistics() const;

  /**
   * Frames that were lost for want of room. Copy mode counts a frame that found no memory twice, in rx_dropped and in
   * rx_fill_ring_empty_descs (__xsk_rcv and xp_alloc, Linux 6.18).
   */
  static uint32_t dropped(const xdp_statistics& statistics) { return static_cast<uint32_t>(statistics.rx_dropped + statistics.rx_ring_full); }

 private:
  /** One of the rings that the kernel and the reader share. */
  struct Ring {
    MappedMemory memory;
    uint32_t* producer = nullptr;
    uint32_t* consumer = nullptr;
    size_t entries_offset = 0;
  };

  void open_rings();
  void bind_to_queue();
  void attach_program();
  void count(uint64_t frame, uint32_t bytes, ReadBatch& batch);
  void return_frames();

  XdpReaderConfig config_;
  MappedMemory frames_;
  Descriptor socket_, map_, link_;
  Ring fill_, receive_;
  std::vector<uint64_t> taken_;
};

}  // namespace million_packets
