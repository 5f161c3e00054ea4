/**
 * From one tick of the scheduler's clock to the next: CONFIG_HZ=250, as distributions build it. Who wakes without a credit beside a thread that
 * never rests waits for it.
 *
 * Source: task_tick_fair in kernel/sched/fair.c, 6.18.
 */
export const schedulerTickNs = 4e6;
