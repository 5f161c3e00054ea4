import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HostError } from '../../src/experiment/errors.js';
import { plan } from '../../src/model/plan/plan.js';
import { possibilitiesOf } from '../../src/model/predict/possibilities.js';
import { EventHeap } from '../../src/model/simulate/event-heap.js';
import { EventSlots } from '../../src/model/simulate/event-slots.js';
import { layoutOf } from '../../src/model/simulate/layout.js';
import { replicate } from '../../src/model/simulate/replicate.js';
import { costValues } from '../../src/model/stages/cost-values.js';
import { configurations } from './simulate-configurations.js';

const interruptions = { interruptedRatio: 0.1, stallRatio: 0.05, stallNs: 2e5 };

it('heap and slots agree to the last bit, whatever they simulate', () => {
  let compared = 0;
  fc.assert(
    fc.property(configurations, fc.integer(), ({ experiment, host }, seed) => {
      try {
        plan(experiment, host);
      } catch (error) {
        if (error instanceof HostError) return;
        throw error;
      }
      for (const { named } of possibilitiesOf(plan(experiment, host), experiment, host).possibilities.slice(0, 1)) {
        const layout = layoutOf(named, experiment, host, { ...costValues(host), ...(seed % 2 === 0 ? interruptions : {}) });
        const [heap, slots] = [EventHeap, EventSlots].map((Events) => replicate(layout, seed, 0.01, (count) => new Events(count)));
        expect(slots).toEqual(heap);
        expect(sum(heap!.total.sent)).toBe(sum(heap!.total.delivered) + sum(heap!.total.ringLost) + sum(heap!.total.socketLost));
        compared++;
      }
    }),
    { seed: 5, numRuns: 100 },
  );
  expect(compared).toBeGreaterThanOrEqual(20);
});

it('an event set gives events by time, then by slot, and forgets what was moved or cleared', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ slot: fc.integer({ min: 0, max: 5 }), time: fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }) })),
      (settings) => {
        const expected = new Map<number, number>();
        const sets = [new EventHeap(6), new EventSlots(6)];
        for (const { slot, time } of settings) {
          if (time === null) expected.delete(slot);
          else expected.set(slot, time);
          for (const events of sets) {
            if (time === null) events.clear(slot);
            else events.set(slot, time);
          }
        }
        const order = [...expected].sort(([a, at], [b, bt]) => at - bt || a - b);
        for (const events of sets) {
          for (const [slot, time] of order) expect([events.next(100), events.now]).toEqual([slot, time]);
          expect([events.next(100), events.now]).toEqual([-1, 100]);
        }
      },
    ),
    { seed: 5 },
  );
});

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
