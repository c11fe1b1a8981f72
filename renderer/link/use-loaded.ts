import { useCallback, useEffect, useState } from 'react';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';

const RETRY_MS = 2_000;

export type Loaded<T> = {
  readonly value: T | undefined;
  /** Why it cannot be had. A center that is not heard is asked again until it is. */
  readonly refused: Reason | undefined;
  readonly again: () => void;
};

/** What the center is asked for when a page opens. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T>();
  const [refused, setRefused] = useState<Reason>();
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  useEffect(() => {
    let over = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = (): void => {
      load().then(
        (loaded) => {
          if (over) return;
          setValue(loaded);
          setRefused(undefined);
        },
        (error: unknown) => {
          if (over) return;
          const reason = error instanceof Refusal ? error.reason : 'internal';
          if (reason === 'center-down') timer = setTimeout(ask, RETRY_MS);
          else setRefused(reason);
        },
      );
    };
    ask();
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [load, round]);
  return { value, refused, again: useCallback(() => setRound((before) => before + 1), []) };
}
