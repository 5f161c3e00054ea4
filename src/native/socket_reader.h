#pragma once
#include "message_batch.h"
#include "packet_reader.h"

namespace million_packets {

/** How a SocketReader calls. */
struct SocketReaderConfig {
  int batch_packets;
  int payload_bytes;
  /** recv, a datagram a call, instead of recvmmsg. */
  bool singly;
  /** Asks again at once when nothing has come, instead of sleeping. */
  bool spins;
  /** The socket has UDP_GRO. */
  bool gro;
  bool keeps_payloads;
};

/** Reads a UDP socket by recvmmsg or recv, after the article's udpreceiver1.c. */
class SocketReader : public PacketReader {
 public:
  SocketReader(int descriptor, const SocketReaderConfig& config);
  void read(ReadBatch& batch) override;

 private:
  int receive();
  void count(unsigned message, ReadBatch& batch);

  int descriptor_;
  SocketReaderConfig config_;
  MessageBatch messages_;
};

}  // namespace million_packets
