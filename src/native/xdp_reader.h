#pragma once
#include <cstdint>
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

  /** Frames that found no room since it was opened. */
  uint32_t dropped() const;

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
