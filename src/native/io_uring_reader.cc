#include "io_uring_reader.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

#include "system_failure.h"

namespace million_packets {
namespace {

constexpr uint16_t kGroup = 0;
constexpr size_t kOutBytes = sizeof(io_uring_recvmsg_out);
/** The article's buffers: 2048 bytes less two cache lines. */
constexpr int kSmallestPayloadBytes = 1920;
/** Room for several batches, so that the kernel goes on while one is worked on; a power of two. */
constexpr uint32_t kBuffers = 4096;

template <typename T>
T load_acquire(const T* place) {
  return __atomic_load_n(place, __ATOMIC_ACQUIRE);
}

template <typename T>
void store_release(T* place, T value) {
  __atomic_store_n(place, value, __ATOMIC_RELEASE);
}

int register_ring(int ring, unsigned operation, void* argument, unsigned count) {
  return static_cast<int>(syscall(SYS_io_uring_register, ring, operation, argument, count));
}

}  // namespace

IoUringReader::IoUringReader(int descriptor, const IoUringReaderConfig& config)
    : socket_(descriptor),
      config_(config),
      buffer_count_(kBuffers),
      buffer_bytes_(kOutBytes + std::max(kSmallestPayloadBytes, config.payload_bytes)),
      buffers_(buffer_count_ * buffer_bytes_, 0) {
  io_uring_params parameters{};
  // Disabled, so that the thread that will read can enable it and become its single issuer.
  parameters.flags = IORING_SETUP_R_DISABLED | IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE;
  parameters.cq_entries = kBuffers;
  ring_ = static_cast<int>(syscall(SYS_io_uring_setup, 1, &parameters));
  if (ring_ < 0) throw SystemFailure{"io_uring_setup", errno, ""};
  try {
    map_rings(parameters);
    provide_buffers();
  } catch (const SystemFailure&) {
    close();
    throw;
  }
}

void IoUringReader::map_rings(const io_uring_params& parameters) {
  const size_t completion_bytes = parameters.cq_off.cqes + parameters.cq_entries * sizeof(io_uring_cqe);
  const size_t submission_bytes = parameters.sq_off.array + parameters.sq_entries * sizeof(uint32_t);
  rings_ = MappedMemory(ring_, std::max(completion_bytes, submission_bytes), IORING_OFF_SQ_RING, "io_uring rings");
  entries_ = MappedMemory(ring_, parameters.sq_entries * sizeof(io_uring_sqe), IORING_OFF_SQES, "io_uring entries");
  submission_tail_ = rings_.at<uint32_t>(parameters.sq_off.tail);
  // Only one entry is ever used.
  *rings_.at<uint32_t>(parameters.sq_off.array) = 0;
  completion_head_ = rings_.at<uint32_t>(parameters.cq_off.head);
  completion_tail_ = rings_.at<uint32_t>(parameters.cq_off.tail);
  completion_mask_ = *rings_.at<uint32_t>(parameters.cq_off.ring_mask);
  completions_ = rings_.at<io_uring_cqe>(parameters.cq_off.cqes);
}

void IoUringReader::provide_buffers() {
  buffer_ring_ = MappedMemory(-1, buffer_count_ * sizeof(io_uring_buf), 0, "io_uring buffers");
  io_uring_buf_reg registration{};
  registration.ring_addr = reinterpret_cast<uint64_t>(buffer_ring_.at<char>(0));
  registration.ring_entries = buffer_count_;
  registration.bgid = kGroup;
  if (register_ring(ring_, IORING_REGISTER_PBUF_RING, &registration, 1) != 0) {
    throw SystemFailure{"io_uring_register", errno, "IORING_REGISTER_PBUF_RING"};
  }
  for (uint32_t number = 0; number < buffer_count_; number++) taken_.push_back(static_cast<uint16_t>(number));
  return_buffers();
}

void IoUringReader::read(ReadBatch& batch) {
  batch.messages = 0;
  batch.datagrams = batch.bytes = 0;
  batch.payloads.clear();
  return_buffers();
  if (!armed_) arm();
  batch.failed = !enter();
  uint32_t head = *completion_head_;
  const uint32_t tail = load_acquire(completion_tail_);
  while (head != tail && batch.messages < static_cast<unsigned>(config_.batch_packets)) {
    if (!take(completions_[head & completion_mask_], batch)) batch.failed = true;
    head++;
  }
  store_release(completion_head_, head);
}

/** Asks for datagrams without end. */
void IoUringReader::arm() {
  io_uring_sqe& entry = *entries_.at<io_uring_sqe>(0);
  entry = {};
  entry.opcode = IORING_OP_RECVMSG;
  entry.fd = socket_;
  entry.addr = reinterpret_cast<uint64_t>(&header_);
  entry.ioprio = IORING_RECV_MULTISHOT;
  entry.flags = IOSQE_BUFFER_SELECT;
  entry.buf_group = kGroup;
  store_release(submission_tail_, *submission_tail_ + 1);
  to_submit_ = 1;
  armed_ = true;
}

/** One look at the kernel; false when it failed for another reason than that nothing came. */
bool IoUringReader::enter() {
  if (!enabled_ && register_ring(ring_, IORING_REGISTER_ENABLE_RINGS, nullptr, 0) != 0) return false;
  enabled_ = true;
  // What a longer burst left from the last look is taken without another.
  const bool has_more = *completion_head_ != load_acquire(completion_tail_);
  if (has_more && to_submit_ == 0) return true;
  __kernel_timespec timeout{0, config_.timeout_ms * 1'000'000LL};
  io_uring_getevents_arg argument{};
  argument.ts = reinterpret_cast<uint64_t>(&timeout);
  const unsigned wanted = config_.spins || has_more ? 0 : 1;
  const long submitted = syscall(SYS_io_uring_enter, ring_, to_submit_, wanted, IORING_ENTER_GETEVENTS | IORING_ENTER_EXT_ARG, &argument,
                                 sizeof argument);
  if (submitted < 0) return errno == ETIME || errno == EINTR || errno == EAGAIN || errno == EBUSY;
  to_submit_ -= static_cast<unsigned>(submitted);
  return true;
}

/** False when the completion is an error. */
bool IoUringReader::take(const io_uring_cqe& completion, ReadBatch& batch) {
  if (!(completion.flags & IORING_CQE_F_MORE)) armed_ = false;
  // All buffers were full: the request begins anew once they have come back.
  if (completion.res < 0) return completion.res == -ENOBUFS || completion.res == -EAGAIN || completion.res == -EINTR;
  const auto number = static_cast<uint16_t>(completion.flags >> IORING_CQE_BUFFER_SHIFT);
  const char* buffer = buffers_.data() + number * buffer_bytes_;
  const size_t bytes = static_cast<size_t>(completion.res) - kOutBytes;
  taken_.push_back(number);
  batch.messages++;
  batch.datagrams++;
  batch.bytes += bytes;
  if (config_.keeps_payloads) batch.payloads.push_back({buffer + kOutBytes, bytes});
  return true;
}

void IoUringReader::return_buffers() {
  auto* ring = buffer_ring_.at<io_uring_buf_ring>(0);
  for (const uint16_t number : taken_) {
    io_uring_buf& slot = buffer_ring_.at<io_uring_buf>(0)[buffer_tail_++ & (buffer_count_ - 1)];
    slot.addr = reinterpret_cast<uint64_t>(buffers_.data() + number * buffer_bytes_);
    slot.len = static_cast<uint32_t>(buffer_bytes_);
    slot.bid = number;
  }
  taken_.clear();
  store_release(&ring->tail, static_cast<uint16_t>(buffer_tail_));
}

void IoUringReader::close() {
  if (ring_ >= 0) ::close(ring_);
  ring_ = -1;
}

}  // namespace million_packets
