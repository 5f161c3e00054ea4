#pragma once
#include <linux/io_uring.h>
#include <sys/socket.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "mapped_memory.h"
#include "packet_reader.h"

namespace million_packets {

/** How an IoUringReader reads. */
struct IoUringReaderConfig {
  int batch_packets;
  int payload_bytes;
  int timeout_ms;
  /** Asks again at once when nothing has come, instead of sleeping. */
  bool spins;
  bool keeps_payloads;
};

/**
 * Reads a UDP socket by one multishot recvmsg of io_uring, which fills buffers that were provided ahead (Linux 6.1). May be made by
 * any thread; the one that reads first must be the one that goes on reading.
 */
class IoUringReader : public PacketReader {
 public:
  /** Throws SystemFailure, such as io_uring_setup EPERM where kernel.io_uring_disabled forbids it. */
  IoUringReader(int descriptor, const IoUringReaderConfig& config);
  ~IoUringReader() override { close(); }
  IoUringReader(const IoUringReader&) = delete;
  IoUringReader& operator=(const IoUringReader&) = delete;

  void read(ReadBatch& batch) override;

  /** Lets go of the socket. */
  void close();

 private:
  void map_rings(const io_uring_params& parameters);
  void provide_buffers();
  void arm();
  bool enter();
  bool take(const io_uring_cqe& completion, ReadBatch& batch);
  void return_buffers();

  int socket_;
  IoUringReaderConfig config_;
  uint32_t buffer_count_;
  size_t buffer_bytes_;
  int ring_ = -1;
  MappedMemory rings_, entries_, buffer_ring_;
  std::vector<char> buffers_;
  msghdr header_{};

  uint32_t* submission_tail_ = nullptr;
  uint32_t* completion_head_ = nullptr;
  uint32_t* completion_tail_ = nullptr;
  uint32_t completion_mask_ = 0;
  io_uring_cqe* completions_ = nullptr;
  uint16_t buffer_tail_ = 0;
  /** Buffers that hold the payloads of the last batch. */
  std::vector<uint16_t> taken_;
  bool enabled_ = false;
  bool armed_ = false;
  unsigned to_submit_ = 0;
};

}  // namespace million_packets
