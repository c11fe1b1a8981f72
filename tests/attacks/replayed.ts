import { describe, expect, it } from 'vitest';
import { type Attack, notAsSaid } from './attack.ts';

/** Replays each of them, and holds it to what the list says of it. */
export function replayEach(attacks: readonly Attack[]): void {
  describe('replayed', () => {
    it.each(attacks.map((attack) => [attack.name, attack] as const))(
      '%s comes to what is said of it',
      async (_, attack) => {
        const seen = await attack.replay();
        expect([seen.said, notAsSaid(attack, seen)]).toEqual([seen.said, []]);
      },
    );
  });
}
