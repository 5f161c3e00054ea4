#include "counting_thread.h"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <utility>

#include "clock.h"
#include "cpu_mask.h"
#include "system_failure.h"

namespace million_packets {

CountingThread::CountingThread(std::optional<int> cpu, std::function<void(ThreadCounters&)> body) : body_(std::move(body)) {
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  if (cpu) {
    CpuMask mask(*cpu + 1);
    mask.add(*cpu);
    pthread_attr_setaffinity_np(&attributes, mask.bytes(), mask.set());
  }

  // Signals belong to Node's threads; here they would only interrupt system calls.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const int error = pthread_create(&thread_, &attributes, enter, this);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);

  if (error != 0) {
    joined_ = true;
    if (cpu && error == EINVAL) throw SystemFailure{"sched_setaffinity", error, "cpu " + std::to_string(*cpu)};
    throw SystemFailure{"pthread_create", error, ""};
  }
  pthread_getcpuclockid(thread_, &cpu_clock_);
}

void* CountingThread::enter(void* self) {
  auto* thread = static_cast<CountingThread*>(self);
  thread->number_.store(gettid(), std::memory_order_relaxed);
  thread->body_(thread->counters_);
  thread->final_switches_ = ContextSwitches::of_calling_thread();
  thread->final_cpu_ns_.store(clock_ns(CLOCK_THREAD_CPUTIME_ID), std::memory_order_release);
  return nullptr;
}

void CountingThread::join() {
  if (joined_) return;
  joined_ = true;
  pthread_join(thread_, nullptr);
}

int64_t CountingThread::cpu_ns() const {
  if (finished()) return final_cpu_ns_.load(std::memory_order_acquire);
  const int64_t now = clock_ns(cpu_clock_);
  // The thread may have ended between the two looks, and its clock with it.
  return finished() ? final_cpu_ns_.load(std::memory_order_acquire) : std::max<int64_t>(now, 0);
}

ContextSwitches CountingThread::switches() const {
  if (finished()) return final_switches_;
  const ContextSwitches now = ContextSwitches::of_thread(number_.load(std::memory_order_relaxed));
  return finished() ? final_switches_ : now;
}

}  // namespace million_packets
