#include "thread_alarm.h"

#include <pthread.h>
#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "system_failure.h"

// The name that glibc gives this field is younger than Debian 12.
#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

namespace million_packets {
namespace {

constexpr long kRepeatNs = 5'000'000;

/** Far from the ones that libraries take from either end. */
int alarm_signal() { return SIGRTMIN + 9; }

}  // namespace

ThreadAlarm::ThreadAlarm() {
  struct sigaction action {};
  action.sa_handler = [](int) {};
  if (sigaction(alarm_signal(), &action, nullptr) != 0) throw SystemFailure{"sigaction", errno, ""};

  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = alarm_signal();
  event.sigev_notify_thread_id = static_cast<int>(syscall(SYS_gettid));
  if (timer_create(CLOCK_MONOTONIC, &event, &timer_) != 0) throw SystemFailure{"timer_create", errno, ""};

  sigset_t alarm_only;
  sigemptyset(&alarm_only);
  sigaddset(&alarm_only, alarm_signal());
  pthread_sigmask(SIG_UNBLOCK, &alarm_only, nullptr);
}

void ThreadAlarm::ring_from(int64_t time_ns) {
  itimerspec schedule{};
  schedule.it_interval.tv_nsec = kRepeatNs;
  // A time of 0 would disarm the timer.
  const int64_t start_ns = std::max<int64_t>(time_ns, 1);
  schedule.it_value = {static_cast<time_t>(start_ns / 1'000'000'000), static_cast<long>(start_ns % 1'000'000'000)};
  timer_settime(timer_, TIMER_ABSTIME, &schedule, nullptr);
}

}  // namespace million_packets
