#include "xdp_reader.h"

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <linux/udp.h>
#include <net/if.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "bpf.h"
#include "bpf_program.h"
#include "clock.h"
#include "system_failure.h"

namespace million_packets {
namespace {

constexpr uint32_t kQueue = 0;
/** A socket that another process closed just now may hold the queue this long. */
constexpr int64_t kLongestBusyNs = 1'000'000'000;

void set_option(int socket, int option, const void* value, size_t bytes, const char* name) {
  if (setsockopt(socket, SOL_XDP, option, value, static_cast<socklen_t>(bytes)) != 0) throw SystemFailure{"setsockopt", errno, name};
}

}  // namespace

XdpReader::XdpReader(const XdpReaderConfig& config)
    : config_(config), frames_(-1, size_t{kFrames} * kFrameBytes, 0, "AF_XDP frames"), socket_(socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0)) {
  if (socket_.get() < 0) throw SystemFailure{"socket", errno, "AF_XDP"};
  open_rings();
  bind_to_queue();
  attach_program();
}

void XdpReader::open_rings() {
  xdp_umem_reg memory{};
  memory.addr = reinterpret_cast<uint64_t>(frames_.at<char>(0));
  memory.len = uint64_t{kFrames} * kFrameBytes;
  memory.chunk_size = kFrameBytes;
  set_option(socket_.get(), XDP_UMEM_REG, &memory, sizeof memory, "XDP_UMEM_REG");
  for (const int ring : {XDP_UMEM_FILL_RING, XDP_UMEM_COMPLETION_RING, XDP_RX_RING}) {
    set_option(socket_.get(), ring, &kFrames, sizeof kFrames, "XDP ring");
  }
  xdp_mmap_offsets offsets{};
  socklen_t length = sizeof offsets;
  if (getsockopt(socket_.get(), SOL_XDP, XDP_MMAP_OFFSETS, &offsets, &length) != 0) throw SystemFailure{"getsockopt", errno, "XDP_MMAP_OFFSETS"};
  const auto map = [&](const xdp_ring_offset& place, size_t entry_bytes, off_t page) {
    Ring ring;
    ring.memory = MappedMemory(socket_.get(), place.desc + kFrames * entry_bytes, page, "XDP ring");
    ring.producer = ring.memory.at<uint32_t>(place.producer);
    ring.consumer = ring.memory.at<uint32_t>(place.consumer);
    ring.entries_offset = place.desc;
    return ring;
  };
  fill_ = map(offsets.fr, sizeof(uint64_t), XDP_UMEM_PGOFF_FILL_RING);
  receive_ = map(offsets.rx, sizeof(xdp_desc), XDP_PGOFF_RX_RING);
  for (uint64_t frame = 0; frame < kFrames; frame++) taken_.push_back(frame * kFrameBytes);
  return_frames();
}

void XdpReader::bind_to_queue() {
  sockaddr_xdp address{};
  address.sxdp_family = AF_XDP;
  address.sxdp_flags = XDP_COPY;
  address.sxdp_ifindex = if_nametoindex(config_.device.c_str());
  if (address.sxdp_ifindex == 0) throw SystemFailure{"if_nametoindex", errno, config_.device};
  address.sxdp_queue_id = kQueue;
  const int64_t deadline_ns = monotonic_ns() + kLongestBusyNs;
  while (bind(socket_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    if (errno != EBUSY || monotonic_ns() > deadline_ns) throw SystemFailure{"bind", errno, "AF_XDP queue of " + config_.device};
    const timespec pause{0, 10'000'000};
    nanosleep(&pause, nullptr);
  }
}

void XdpReader::attach_program() {
  const int socket = socket_.get();
  if (config_.socket_map_number) {
    update_map(open_map(*config_.socket_map_number).get(), &kQueue, &socket);
    return;
  }
  map_ = create_map({"sockets", BPF_MAP_TYPE_XSKMAP, sizeof(uint32_t), sizeof(uint32_t), kQueue + 1});
  update_map(map_.get(), &kQueue, &socket);
  const Descriptor program = load_program(af_xdp_program, {{"sockets", {map_.get()}}}, BPF_XDP);
  link_ = link_to_driver(program.get(), config_.device);
}

void XdpReader::read(ReadBatch& batch) {
  batch.messages = 0;
  batch.datagrams = batch.bytes = 0;
  batch.failed = false;
  batch.payloads.clear();
  return_frames();
  uint32_t next = *receive_.consumer;
  uint32_t end = __atomic_load_n(receive_.producer, __ATOMIC_ACQUIRE);
  if (next == end && !config_.spins) {
    pollfd wait{socket_.get(), POLLIN, 0};
    batch.failed = poll(&wait, 1, config_.timeout_ms) < 0 && errno != EINTR;
    end = __atomic_load_n(receive_.producer, __ATOMIC_ACQUIRE);
  }
  end = next + std::min(end - next, static_cast<uint32_t>(config_.batch_packets));
  for (; next != end; next++) {
    const xdp_desc& frame = receive_.memory.at<xdp_desc>(receive_.entries_offset)[next & (kFrames - 1)];
    taken_.push_back(frame.addr);
    count(frame.addr, frame.len, batch);
  }
  __atomic_store_n(receive_.consumer, next, __ATOMIC_RELEASE);
}

/** Counts a frame that is a whole UDP datagram over IPv4 to the port. */
void XdpReader::count(uint64_t frame, uint32_t bytes, ReadBatch& batch) {
  const char* data = frames_.at<char>(frame);
  if (bytes < sizeof(ethhdr) + sizeof(iphdr) + sizeof(udphdr)) return;
  ethhdr ethernet;
  iphdr ip;
  udphdr udp;
  std::memcpy(&ethernet, data, sizeof ethernet);
  std::memcpy(&ip, data + sizeof ethernet, sizeof ip);
  const size_t udp_offset = sizeof ethernet + ip.ihl * 4u;
  if (ethernet.h_proto != htons(ETH_P_IP) || ip.protocol != IPPROTO_UDP || udp_offset + sizeof udp > bytes) return;
  std::memcpy(&udp, data + udp_offset, sizeof udp);
  const size_t udp_bytes = ntohs(udp.len);
  if (udp.dest != htons(static_cast<uint16_t>(config_.port)) || udp_bytes < sizeof udp || udp_offset + udp_bytes > bytes) return;
  batch.messages++;
  batch.datagrams++;
  batch.bytes += udp_bytes - sizeof udp;
  if (config_.keeps_payloads) batch.payloads.push_back({data + udp_offset + sizeof udp, udp_bytes - sizeof udp});
}

void XdpReader::return_frames() {
  uint32_t next = *fill_.producer;
  for (const uint64_t frame : taken_) fill_.memory.at<uint64_t>(fill_.entries_offset)[next++ & (kFrames - 1)] = frame & ~uint64_t{kFrameBytes - 1};
  taken_.clear();
  __atomic_store_n(fill_.producer, next, __ATOMIC_RELEASE);
}

xdp_statistics XdpReader::statistics() const {
  xdp_statistics statistics{};
  socklen_t length = sizeof statistics;
  if (getsockopt(socket_.get(), SOL_XDP, XDP_STATISTICS, &statistics, &length) != 0) throw SystemFailure{"getsockopt", errno, "XDP_STATISTICS"};
  return statistics;
}

}  // namespace million_packets
