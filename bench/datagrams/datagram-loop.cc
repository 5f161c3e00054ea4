// The bare system calls of a sender or a receiver in a process of its own, to compare with: no clock, no counters, no other thread.
//   datagram-loop send ADDRESS PORT BATCH [zero-copy]
//   datagram-loop receive PORT BATCH
// Runs until it is killed, and dies with its parent.
#include <arpa/inet.h>
#include <linux/errqueue.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

constexpr int kPayloadBytes = 32;
constexpr int kBufferBytes = 1920;

int refuse(const char* call) {
  std::perror(call);
  return 1;
}

sockaddr_in address_of(const char* address, const char* port) {
  sockaddr_in result{};
  result.sin_family = AF_INET;
  result.sin_port = htons(static_cast<uint16_t>(std::atoi(port)));
  inet_pton(AF_INET, address, &result.sin_addr);
  return result;
}

struct Batch {
  Batch(size_t packets, size_t bytes) : buffers(packets * bytes), vectors(packets), messages(packets) {
    for (size_t index = 0; index < packets; index++) {
      vectors[index] = {buffers.data() + index * bytes, bytes};
      messages[index].msg_hdr.msg_iov = &vectors[index];
      messages[index].msg_hdr.msg_iovlen = 1;
    }
  }
  std::vector<char> buffers;
  std::vector<iovec> vectors;
  std::vector<mmsghdr> messages;
};

/** Zero-copy sends report each completion on the error queue, which must be read or it fills up. */
void take_completions(int descriptor) {
  char control[128];
  msghdr header{};
  do {
    header.msg_control = control;
    header.msg_controllen = sizeof control;
  } while (recvmsg(descriptor, &header, MSG_ERRQUEUE | MSG_DONTWAIT) >= 0);
}

int send_forever(int descriptor, const sockaddr_in& peer, size_t packets, bool zero_copy) {
  const int one = 1;
  if (zero_copy && setsockopt(descriptor, SOL_SOCKET, SO_ZEROCOPY, &one, sizeof one) != 0) return refuse("SO_ZEROCOPY");
  if (connect(descriptor, reinterpret_cast<const sockaddr*>(&peer), sizeof peer) != 0) return refuse("connect");
  Batch batch(packets, kPayloadBytes);
  for (;;) {
    sendmmsg(descriptor, batch.messages.data(), static_cast<unsigned>(packets), zero_copy ? MSG_ZEROCOPY : 0);
    if (zero_copy) take_completions(descriptor);
  }
}

int receive_forever(int descriptor, const sockaddr_in& local, size_t packets) {
  if (bind(descriptor, reinterpret_cast<const sockaddr*>(&local), sizeof local) != 0) return refuse("bind");
  Batch batch(packets, kBufferBytes);
  for (;;) recvmmsg(descriptor, batch.messages.data(), static_cast<unsigned>(packets), MSG_WAITFORONE, nullptr);
}

}  // namespace

int main(int count, char** words) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  const int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
  if (descriptor < 0) return refuse("socket");
  const std::string role = count > 1 ? words[1] : "";
  if (role == "send" && count >= 5) {
    return send_forever(descriptor, address_of(words[2], words[3]), std::strtoul(words[4], nullptr, 10), count == 6);
  }
  if (role == "receive" && count == 4) return receive_forever(descriptor, address_of("0.0.0.0", words[2]), std::strtoul(words[3], nullptr, 10));
  std::fprintf(stderr, "datagram-loop: words must be send ADDRESS PORT BATCH [zero-copy], or receive PORT BATCH\n");
  return 2;
}
