import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { type AnswerState, type Form, type Given, givenOf } from '../../contract/words/form.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import {
  type Answers,
  answerIn,
  type Change,
  changeAnswers,
  type LocalAnswer,
  NO_ANSWERS,
  unsavedIn,
} from './answers.ts';

const RETRY_MS = 500;

/** What an answer no longer says once another takes its place. */
const NOTHING_GIVEN = { typed: undefined, gaps: undefined, pairs: undefined };

/** Why an answer may not be kept at all, until somebody does something about it. */
const DISK: readonly Reason[] = ['disk-full', 'disk-readonly', 'disk-failed', 'data-locked', 'data-damaged'];

/** What the screens of an exam do with answers. */
export type AnswersHere = {
  readonly form: Form | undefined;
  readonly answerTo: (itemId: ItemId) => LocalAnswer;
  readonly answer: (itemId: ItemId, given: Given) => void;
  readonly flag: (itemId: ItemId, flagged: boolean) => void;
  readonly check: (itemId: ItemId) => Promise<void>;
  /** Not all of it is on disk yet. */
  readonly saving: boolean;
  /** Why it may not come there at all. */
  readonly trouble: Reason | undefined;
};

/**
 * The form and its answers. The screen changes at once; each answer counts as saved only when the station says it is on
 * disk, and is sent again until it does.
 */
export function useAnswers(active: boolean): AnswersHere {
  const { station } = usePage();
  const [answers, dispatch] = useReducer(changeAnswers, NO_ANSWERS);
  const form = useForm(active, dispatch);
  const latest = useRef<Answers>(answers);
  latest.current = answers;
  const [failures, setFailures] = useState(0);
  const [trouble, setTrouble] = useState<Reason>();

  const stateOf = useCallback(
    (itemId: ItemId): Promise<AnswerState | undefined> =>
      station.call('form', {}).then(
        ({ answers: all }) => all.find((answer) => answer.itemId === itemId),
        () => undefined,
      ),
    [station],
  );
  const send = useCallback(
    (itemId: ItemId, { revision, ...answer }: LocalAnswer) => {
      station.call('answer', { itemId, ...givenOf(answer), revision }).then(
        () => {
          setTrouble(undefined);
          dispatch({ type: 'saved', itemId, revision });
        },
        async (error) => {
          const reason = error instanceof Refusal ? error.reason : undefined;
          // What is only slow, or away for a moment, is tried again without a word.
          setTrouble(reason && DISK.includes(reason) ? reason : undefined);
          setFailures((count) => count + 1);
          if (reason !== 'not-allowed-now') return;
          // In practice it may have told what is right, and the reply was lost: no other answer is ever taken then.
          const answer = await stateOf(itemId);
          if (answer?.feedback) dispatch({ type: 'stands', itemId, answer });
        },
      );
    },
    [station, stateOf],
  );
  // What the station has not confirmed is sent again: after a failure, and when a pause or an outage is over.
  useEffect(() => {
    if (!active || failures === 0) return undefined;
    const timer = setTimeout(() => {
      for (const [itemId, answer] of unsavedIn(latest.current)) send(itemId, answer);
    }, RETRY_MS);
    return () => clearTimeout(timer);
  }, [active, failures, send]);

  const answerTo = (itemId: ItemId): LocalAnswer => answerIn(answers, itemId);
  const answer = (itemId: ItemId, given: Given): void => {
    const revision = answerTo(itemId).revision + 1;
    dispatch({ type: 'given', itemId, given, revision });
    send(itemId, { ...answerTo(itemId), ...NOTHING_GIVEN, ...givenOf(given), revision });
  };
  const flag = (itemId: ItemId, flagged: boolean): void => {
    const wish = answerTo(itemId).flagWishes + 1;
    dispatch({ type: 'flagged', itemId, flagged, wish });
    station.call('flag', { itemId, flagged }).then(
      () => dispatch({ type: 'flag-saved', itemId, flagged }),
      () => dispatch({ type: 'flag-refused', itemId, wish }),
    );
  };
  /** In practice: asks what is right. From then on the answer stands, also where the reply was lost on the way. */
  const check = async (itemId: ItemId): Promise<void> => {
    dispatch({ type: 'asking', itemId });
    const told = await station.call('check', { itemId }).catch(async () => (await stateOf(itemId))?.feedback);
    dispatch({ type: 'told', itemId, feedback: told });
  };
  const saving = unsavedIn(answers).length > 0;
  return { form, answerTo, answer, flag, check, saving, trouble };
}

/** Asks for the form until it is here, once. */
function useForm(active: boolean, dispatch: (change: Change) => void): Form | undefined {
  const { station } = usePage();
  const [form, setForm] = useState<Form>();
  useEffect(() => {
    if (!active || form) return undefined;
    const asked = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const load = (): void => {
      station.call('form', {}).then(
        (loaded) => {
          // A reply that was late comes second, and knows less.
          if (asked.signal.aborted) return;
          setForm(loaded);
          dispatch({ type: 'loaded', form: loaded });
        },
        () => {
          if (!asked.signal.aborted) timer = setTimeout(load, RETRY_MS);
        },
      );
    };
    load();
    return () => {
      asked.abort();
      clearTimeout(timer);
    };
  }, [station, active, form, dispatch]);
  return form;
}
