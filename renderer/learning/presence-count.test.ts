import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countPresence } from './presence-count.ts';

const Step = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(10_000) }),
  fc.record({ kind: fc.constant('set' as const), goesOn: fc.boolean() }),
  fc.record({ kind: fc.constant('take' as const) }),
);

it('what is taken in all is exactly the time in which it went on', () => {
  fc.assert(
    fc.property(fc.array(Step), (steps) => {
      let [clock, on, expected, taken] = [0, false, 0, 0];
      const count = countPresence(() => clock);
      for (const step of steps) {
        if (step.kind === 'pass') {
          clock += step.ms;
          expected += on ? step.ms : 0;
        } else if (step.kind === 'set') {
          on = step.goesOn;
          count.set(on);
        } else taken += count.take();
      }
      expect(taken + count.take()).toBeCloseTo(expected / 1000, 6);
    }),
  );
});
