import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnswerState, Form } from '../../contract/words/form.ts';
import { ItemId, OptionId } from '../../contract/words/ids.ts';
import { type Answers, answerIn, type Change, changeAnswers, NO_ANSWERS, unsavedIn } from './answers.ts';

const [ITEM, OTHER] = [ItemId.parse('it_1'), ItemId.parse('it_2')];
const option = (n: number): OptionId => OptionId.parse(`op_${n}`);
const state = (changes: Partial<AnswerState> = {}): AnswerState =>
  AnswerState.parse({ itemId: ITEM, chosen: [], flagged: false, revision: 0, ...changes });
const formWith = (...answers: readonly AnswerState[]): Form => Form.parse({ sittingId: 'si_1', items: [], answers });
const answersAfter = (...changes: readonly Change[]): Answers => changes.reduce(changeAnswers, NO_ANSWERS);

const given = (revision: number, itemId = ITEM): Change => ({
  ...{ type: 'given', itemId, revision },
  given: { chosen: [option(revision)] },
});
const saved = (revision: number, itemId = ITEM): Change => ({ type: 'saved', itemId, revision });
const flagged = (on: boolean, wish: number): Change => ({ type: 'flagged', itemId: ITEM, flagged: on, wish });
const flagSaved = (on: boolean): Change => ({ type: 'flag-saved', itemId: ITEM, flagged: on });
const flagRefused = (wish: number): Change => ({ type: 'flag-refused', itemId: ITEM, wish });
const loaded = (...answers: readonly AnswerState[]): Change => ({ type: 'loaded', form: formWith(...answers) });
const FEEDBACK = { itemId: ITEM, right: false, rightOptions: [option(3)] };

describe('an answer', () => {
  it('that nobody gave is blank, and nothing of it is to be saved', () => {
    expect(answerIn(NO_ANSWERS, ITEM)).toMatchObject({ chosen: [], flagged: false, revision: 0, saved: 0 });
    expect(unsavedIn(answersAfter(loaded(state())))).toEqual([]);
  });

  it('is shown at once, and unsaved until the station says so', () => {
    const shown = answersAfter(given(1));
    expect(answerIn(shown, ITEM).chosen).toEqual([option(1)]);
    expect(unsavedIn(shown).map(([item]) => item)).toEqual([ITEM]);
    expect(unsavedIn(changeAnswers(shown, saved(1)))).toEqual([]);
  });

  it('that was changed since is unsaved, though the one before it is confirmed', () => {
    const changed = answersAfter(given(1), given(2), saved(1));
    expect(unsavedIn(changed).map(([, { chosen }]) => chosen)).toEqual([[option(2)]]);
    expect(unsavedIn(changeAnswers(changed, saved(2)))).toEqual([]);
  });

  it('stays saved where an older confirmation comes late', () => {
    expect(unsavedIn(answersAfter(given(1), given(2), saved(2), saved(1)))).toEqual([]);
  });

  it('with a number takes the place of the number before, and none where it was taken away', () => {
    const typed = (text: string | undefined, revision: number): Change => ({
      ...{ type: 'given', itemId: ITEM, revision },
      given: text === undefined ? { chosen: [] } : { chosen: [], typed: text },
    });
    expect(answerIn(answersAfter(typed('10', 1), typed('12', 2)), ITEM).typed).toBe('12');
    expect(answerIn(answersAfter(typed('10', 1), typed(undefined, 2)), ITEM).typed).toBeUndefined();
  });

  it('of words takes the place of those before, whatever was given then', () => {
    const words = (gaps: readonly string[], revision: number): Change => ({
      ...{ type: 'given', itemId: ITEM, revision },
      given: { chosen: [], gaps },
    });
    expect(answerIn(answersAfter(words(['断'], 1), words(['断电', ''], 2)), ITEM).gaps).toEqual(['断电', '']);
    const cleared = answersAfter(words(['断电'], 1), given(2));
    expect(answerIn(cleared, ITEM)).toMatchObject({ chosen: [option(2)], flagged: false });
    expect(answerIn(cleared, ITEM).gaps).toBeUndefined();
    const there = state({ gaps: ['断电'], revision: 3 });
    expect(answerIn(answersAfter(given(1), loaded(there)), ITEM)).toMatchObject({
      chosen: [],
      gaps: ['断电'],
      saved: 3,
    });
  });

  it('is nobody else’s', () => {
    const both = answersAfter(given(1), given(1, OTHER), saved(1, OTHER));
    expect(unsavedIn(both).map(([item]) => item)).toEqual([ITEM]);
    expect(answerIn(both, OTHER).chosen).toEqual([option(1)]);
  });
});

describe('answers that come with the form', () => {
  it('are saved already, with what was told of them, and the next one counts on from there', () => {
    const restored = answersAfter(
      loaded(state({ chosen: [option(7)], revision: 4, flagged: true, feedback: FEEDBACK })),
    );
    expect(answerIn(restored, ITEM)).toMatchObject({
      ...{ chosen: [option(7)], revision: 4, saved: 4, flagged: true, flagSaved: true, feedback: FEEDBACK },
    });
    expect(unsavedIn(restored)).toEqual([]);
    expect(unsavedIn(changeAnswers(restored, given(5)))).toHaveLength(1);
  });

  it('do not undo what was given here since: that is still to be saved', () => {
    const late = answersAfter(given(1), saved(1), given(2), loaded(state({ chosen: [option(1)], revision: 1 })));
    expect(answerIn(late, ITEM)).toMatchObject({ chosen: [option(2)], revision: 2, saved: 1 });
    expect(answerIn(answersAfter(given(1), saved(1), loaded(state())), ITEM)).toMatchObject({ revision: 1, saved: 1 });
  });

  it('take the place of what is older here', () => {
    const back = answersAfter(given(1), loaded(state({ chosen: [option(9)], revision: 3 })));
    expect(answerIn(back, ITEM)).toMatchObject({ chosen: [option(9)], revision: 3, saved: 3 });
  });

  it('leave a flag that was set here as it is', () => {
    expect(answerIn(answersAfter(flagged(true, 1), loaded(state({ flagged: false }))), ITEM).flagged).toBe(true);
  });
});

describe('a flag', () => {
  it('goes back to what the station has where the station does not take it', () => {
    expect(answerIn(answersAfter(flagged(true, 1), flagRefused(1)), ITEM).flagged).toBe(false);
    const kept = answersAfter(flagged(true, 1), flagSaved(true), flagged(false, 2), flagRefused(2));
    expect(answerIn(kept, ITEM).flagged).toBe(true);
  });

  it('goes back to none where the station took neither setting nor taking it away', () => {
    const refused = answersAfter(flagged(true, 1), flagged(false, 2), flagRefused(1), flagRefused(2));
    expect(answerIn(refused, ITEM).flagged).toBe(false);
  });

  it('is not undone by a refusal of what was wished before it', () => {
    expect(
      answerIn(answersAfter(flagged(true, 1), flagged(false, 2), flagged(true, 3), flagRefused(1)), ITEM).flagged,
    ).toBe(true);
  });
});

describe('practice that asks what is right', () => {
  const asking: Change = { type: 'asking', itemId: ITEM };

  it('waits, and then knows it', () => {
    const waiting = answersAfter(given(1), saved(1), asking);
    expect(answerIn(waiting, ITEM).asking).toBe(true);
    const told = changeAnswers(waiting, { type: 'told', itemId: ITEM, feedback: FEEDBACK });
    expect(answerIn(told, ITEM)).toMatchObject({ asking: false, feedback: FEEDBACK, chosen: [option(1)] });
  });

  it('waits no more where nobody answers, and may ask again', () => {
    const alone = answersAfter(given(1), asking, { type: 'told', itemId: ITEM, feedback: undefined });
    expect(answerIn(alone, ITEM)).toMatchObject({ asking: false, feedback: undefined });
  });

  it('shows the answer that stands where the station had told already, and sends no other any more', () => {
    const standing = state({ chosen: [option(1)], revision: 1, feedback: FEEDBACK });
    const stuck = answersAfter(given(1), saved(1), given(2));
    expect(unsavedIn(stuck)).toHaveLength(1);
    const settled = changeAnswers(stuck, { type: 'stands', itemId: ITEM, answer: standing });
    expect(answerIn(settled, ITEM)).toMatchObject({ chosen: [option(1)], feedback: FEEDBACK });
    expect(unsavedIn(settled)).toEqual([]);
  });
});

/**
 * A station that takes what is newer, and whose replies, and whose own absence, come at any time: what the page sends again
 * until it is confirmed ends as what the candidate gave last.
 */
describe('whatever is given while the station comes and goes', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('give' as const), item: fc.constantFrom(ITEM, OTHER), option: fc.nat(5) }),
    fc.record({ do: fc.constant('deliver' as const), at: fc.nat(9), confirmed: fc.boolean() }),
    fc.record({ do: fc.constant('lose' as const), at: fc.nat(9) }),
    fc.record({ do: fc.constant('resend' as const) }),
    fc.record({ do: fc.constant('reload' as const) }),
  );

  it('is at last on the station as it is on the screen', () => {
    const play = (steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[]): boolean => {
      let answers = answersAfter(loaded(state(), state({ itemId: OTHER })));
      const station = new Map<ItemId, AnswerState>();
      const last = new Map<ItemId, OptionId>();
      let line: { readonly item: ItemId; readonly chosen: readonly OptionId[]; readonly revision: number }[] = [];
      const deliver = (at: number, confirmed: boolean): void => {
        const message = line[at % Math.max(line.length, 1)];
        if (!message) return;
        const { item, chosen, revision } = message;
        line = line.filter((one) => one !== message);
        if (revision > (station.get(item)?.revision ?? 0))
          station.set(item, state({ itemId: item, chosen: [...chosen], revision }));
        if (confirmed) answers = changeAnswers(answers, saved(revision, item));
      };
      const resend = (): void => {
        for (const [item, { chosen, revision }] of unsavedIn(answers)) line.push({ item, chosen, revision });
      };
      for (const one of steps) {
        if (one.do === 'give') {
          const revision = answerIn(answers, one.item).revision + 1;
          const chosen = [option(one.option)];
          answers = changeAnswers(answers, { type: 'given', itemId: one.item, given: { chosen }, revision });
          last.set(one.item, option(one.option));
          line.push({ item: one.item, chosen, revision });
        } else if (one.do === 'resend') resend();
        else if (one.do === 'reload') answers = changeAnswers(answers, loaded(...station.values()));
        else if (one.do === 'lose') line = line.filter((_, at) => at !== one.at % Math.max(line.length, 1));
        else deliver(one.at, one.confirmed);
      }
      resend();
      while (line.length > 0) deliver(0, true);
      expect(unsavedIn(answers)).toEqual([]);
      for (const [item, wanted] of last) {
        expect(answerIn(answers, item).chosen).toEqual([wanted]);
        expect(station.get(item)?.chosen).toEqual([wanted]);
      }
      return true;
    };
    fc.assert(fc.property(fc.array(step, { maxLength: 40 }), play));
  });
});
