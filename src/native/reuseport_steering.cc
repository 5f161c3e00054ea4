#include "reuseport_steering.h"

#include <linux/filter.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdint>

#include "system_failure.h"

namespace million_packets {
namespace {

/** Larger than any group: the kernel falls back to its hash. */
constexpr uint32_t kNoSocket = UINT32_MAX;

constexpr sock_filter load_cpu() { return sock_filter BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<uint32_t>(SKF_AD_OFF + SKF_AD_CPU)); }
constexpr sock_filter skip_unless_equal(uint32_t value) { return sock_filter BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1); }
constexpr sock_filter answer(uint32_t value) { return sock_filter BPF_STMT(BPF_RET | BPF_K, value); }

}  // namespace

void steer_by_cpu(const UdpSocket& member, const std::vector<SteeringRule>& rules) {
  std::vector<sock_filter> program{load_cpu()};
  for (const SteeringRule& rule : rules) {
    program.push_back(skip_unless_equal(rule.cpu));
    program.push_back(answer(rule.socket));
  }
  program.push_back(answer(kNoSocket));
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  if (setsockopt(member.descriptor(), SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &filter, sizeof filter) != 0) {
    throw SystemFailure{"setsockopt", errno, "SO_ATTACH_REUSEPORT_CBPF"};
  }
}

}  // namespace million_packets
