import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StationId } from '../../contract/words/ids.ts';
import type { RescueContent, RescueManifest } from '../../proof/sealed/index.ts';
import { reasonOf } from '../../tests/kit/refusals.ts';
import { answer, DURATION_MS, drawn, FORM, openSeated, SAMPLES } from '../core/sitting/sitting.fixture.ts';
import { carry } from '../keep/moves/carry.ts';

const [FROM, TO] = [StationId.parse('st_a'), StationId.parse('st_spare')];

/** A sitting that was moved, as the file says it. */
function moved(work: (one: ReturnType<typeof openSeated>) => void = () => undefined) {
  const one = openSeated('in-progress');
  work(one);
  one.seat.execute(SAMPLES.move);
  const left = one.sitting;
  const entries = one.ledger.ofSitting(left.id);
  const content = one.ledger.stretch(1, entries.length) as RescueContent;
  const manifest = { tenantId: left.tenantId, from: FROM, to: TO, sittingId: left.id } as RescueManifest;
  return { left, content, manifest };
}

/** The same lines with one of them changed. */
const changed = ({ previous, lines }: RescueContent, at: number, change: object): RescueContent => ({
  previous,
  lines: lines.map((line, n) => (n === at ? ({ ...line, ...change } as typeof line) : line)),
});

describe('what is carried to another station', () => {
  it('is all that was answered and marked, and the time that is left, whatever was done', () => {
    const place = fc.nat(FORM.items.length - 1);
    const step = fc.record({ place, option: fc.nat(1), revision: fc.integer({ min: 1, max: 9 }), ms: fc.nat(5_000) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const { left, content, manifest } = moved(({ seat, clock }) => {
          for (const { place: at, option, revision, ms } of steps) {
            clock.advance(ms);
            const { itemId, options } = drawn(at);
            seat.execute(answer(itemId, options.slice(option, option + 1), revision));
            seat.execute({ kind: 'flag', itemId, flagged: option === 1 });
          }
        });
        const { candidateId, exam, continues } = carry(manifest, content);
        const there = openSeated();
        const who = { tenantId: left.tenantId, candidateId, exam, identifiedBy: 'card' as const };
        there.seat.open({ ...who, continues });
        for (const command of [SAMPLES.consent, SAMPLES.judge]) there.seat.execute(command);
        // Whatever form comes with the unlocking, the one that was begun goes on.
        there.seat.execute({ ...SAMPLES.unlock, durationMs: 1, form: { ...FORM, items: [] } } as never);
        const { answers, flags, form, clock, startedAt } = there.sitting;
        expect({ answers, flags, form, startedAt }).toEqual({
          ...{ answers: left.answers, flags: left.flags, form: left.form, startedAt: left.startedAt },
        });
        expect(clock.activeMs).toBe(left.clock.activeMs);
        expect(there.seat.remainingMs()).toBe(DURATION_MS - left.clock.activeMs);
      }),
      { numRuns: 50 },
    );
  });

  it('is nothing where a line was changed, taken out or put in another place', () => {
    const { content, manifest } = moved(({ seat }) => seat.execute(SAMPLES.answer));
    const said = (lines: RescueContent) => reasonOf(() => carry(manifest, lines));
    expect(said(content)).toBe('ok');
    content.lines.forEach((line, at) => {
      expect(said(changed(content, at, { monotonic: line.monotonic + 1 }))).toBe('rescue-invalid');
      expect(said({ ...content, lines: content.lines.toSpliced(at, 1) })).toBe('rescue-invalid');
    });
    expect(said({ ...content, lines: content.lines.toReversed() })).toBe('rescue-invalid');
  });

  it('is nothing where the story is of something else than it says', () => {
    const { content, manifest } = moved();
    const said = (changes: object) => reasonOf(() => carry({ ...manifest, ...changes }, content));
    expect(said({ tenantId: 'tn_other' })).toBe('rescue-invalid');
    expect(said({ sittingId: 'si_other' })).toBe('rescue-invalid');
  });

  it('is nothing where the sitting was not moved, or told in words nobody knows', () => {
    const { content, manifest } = moved();
    const opened = content.lines.slice(0, 3);
    expect(reasonOf(() => carry(manifest, { ...content, lines: opened }))).toBe('rescue-invalid');
  });
});
