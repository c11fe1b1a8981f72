import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import type { Feedback, Form, Given } from '../../contract/words/form.ts';
import type { ItemId, OptionId } from '../../contract/words/ids.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';

export type LocalAnswer = {
  readonly chosen: readonly OptionId[];
  /** Of an item that asks for a number. */
  readonly typed?: string | undefined;
  readonly flagged: boolean;
  readonly revision: number;
  readonly saved: number;
  /** In practice: what the station told of it. */
  readonly feedback?: Feedback | undefined;
  /** The station is being asked for it: nothing changes meanwhile. */
  readonly asking?: boolean;
};

const RETRY_MS = 500;
const BLANK: LocalAnswer = { chosen: [], flagged: false, revision: 0, saved: 0 };

type Change =
  | { readonly type: 'loaded'; readonly form: Form }
  | {
      readonly type: 'given';
      readonly itemId: ItemId;
      readonly given: Given;
      readonly revision: number;
    }
  | { readonly type: 'saved'; readonly itemId: ItemId; readonly revision: number }
  | { readonly type: 'flagged'; readonly itemId: ItemId; readonly flagged: boolean }
  | { readonly type: 'asking'; readonly itemId: ItemId }
  | { readonly type: 'told'; readonly itemId: ItemId; readonly feedback: Feedback | undefined };

type Answers = ReadonlyMap<ItemId, LocalAnswer>;

function reduce(answers: Answers, change: Change): Answers {
  if (change.type === 'loaded') {
    return new Map(
      change.form.answers.map(({ itemId, revision, ...answer }) => [itemId, { ...answer, revision, saved: revision }]),
    );
  }
  const before = answers.get(change.itemId) ?? BLANK;
  return new Map(answers).set(change.itemId, next(before, change));
}

function next(before: LocalAnswer, change: Exclude<Change, { type: 'loaded' }>): LocalAnswer {
  switch (change.type) {
    case 'given':
      return { ...before, ...change.given, revision: change.revision };
    case 'saved':
      return { ...before, saved: Math.max(before.saved, change.revision) };
    case 'flagged':
      return { ...before, flagged: change.flagged };
    case 'asking':
      return { ...before, asking: true };
    case 'told':
      return { ...before, feedback: change.feedback, asking: false };
  }
}

/** Why an answer may not be kept at all, until somebody does something about it. */
const DISK: readonly Reason[] = ['disk-full', 'disk-readonly', 'disk-failed', 'data-locked', 'data-damaged'];

/**
 * The form and its answers. The screen changes at once; each answer counts as saved only when the station says it is on
 * disk, and is sent again until it does.
 */
export function useAnswers(active: boolean) {
  const { station } = usePage();
  const [form, setForm] = useState<Form>();
  const [answers, dispatch] = useReducer(reduce, new Map());
  const latest = useRef<Answers>(answers);
  latest.current = answers;
  const [failures, setFailures] = useState(0);
  const [trouble, setTrouble] = useState<Reason>();

  useEffect(() => {
    if (!active || form) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const load = (): void => {
      station.call('form', {}).then(
        (loaded) => {
          setForm(loaded);
          dispatch({ type: 'loaded', form: loaded });
        },
        () => {
          timer = setTimeout(load, RETRY_MS);
        },
      );
    };
    load();
    return () => clearTimeout(timer);
  }, [station, active, form]);

  const send = useCallback(
    (itemId: ItemId, { chosen, typed, revision }: LocalAnswer) => {
      const number = typed === undefined ? {} : { typed };
      station.call('answer', { itemId, chosen: [...chosen], ...number, revision }).then(
        () => {
          setTrouble(undefined);
          dispatch({ type: 'saved', itemId, revision });
        },
        (error) => {
          // What is only slow, or away for a moment, is tried again without a word.
          setTrouble(error instanceof Refusal && DISK.includes(error.reason) ? error.reason : undefined);
          setFailures((count) => count + 1);
        },
      );
    },
    [station],
  );
  // What the station has not confirmed is sent again: after a failure, and when a pause or an outage is over.
  useEffect(() => {
    if (!active || failures === 0) return undefined;
    const timer = setTimeout(() => {
      for (const [itemId, answer] of latest.current) if (answer.saved < answer.revision) send(itemId, answer);
    }, RETRY_MS);
    return () => clearTimeout(timer);
  }, [active, failures, send]);

  const answerTo = (itemId: ItemId): LocalAnswer => answers.get(itemId) ?? BLANK;
  const answer = (itemId: ItemId, given: Given): void => {
    const revision = answerTo(itemId).revision + 1;
    dispatch({ type: 'given', itemId, given, revision });
    send(itemId, { ...answerTo(itemId), ...given, revision });
  };
  const flag = (itemId: ItemId, flagged: boolean): void => {
    dispatch({ type: 'flagged', itemId, flagged });
    station.call('flag', { itemId, flagged }).catch(() => dispatch({ type: 'flagged', itemId, flagged: !flagged }));
  };
  const heardBefore = (itemId: ItemId): Promise<Feedback | undefined> =>
    station.call('form', {}).then(
      ({ answers: all }) => all.find((answer) => answer.itemId === itemId)?.feedback,
      () => undefined,
    );
  /** In practice: asks what is right. From then on the answer stands, also where the reply was lost on the way. */
  const check = async (itemId: ItemId): Promise<void> => {
    dispatch({ type: 'asking', itemId });
    const told = await station.call('check', { itemId }).catch(() => heardBefore(itemId));
    dispatch({ type: 'told', itemId, feedback: told });
  };
  const saving = [...answers.values()].some(({ revision, saved }) => saved < revision);
  return { form, answerTo, answer, flag, check, saving, trouble };
}
