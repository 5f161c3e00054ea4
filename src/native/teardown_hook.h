#pragma once
#include <napi.h>

#include "thread_group.h"

namespace million_packets {

/** Ends the threads before the JavaScript environment goes away: at exit of the process or of a worker thread. */
class TeardownHook {
 public:
  TeardownHook(napi_env env, ThreadGroup& threads) : env_(env), threads_(&threads) {
    napi_add_env_cleanup_hook(env_, end_threads, threads_);
  }
  ~TeardownHook() { napi_remove_env_cleanup_hook(env_, end_threads, threads_); }
  TeardownHook(const TeardownHook&) = delete;
  TeardownHook& operator=(const TeardownHook&) = delete;

 private:
  static void end_threads(void* threads) {
    static_cast<ThreadGroup*>(threads)->stop();
    static_cast<ThreadGroup*>(threads)->join();
  }

  napi_env env_;
  ThreadGroup* threads_;
};

}  // namespace million_packets
