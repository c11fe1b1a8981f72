import { useCallback, useState } from 'react';
import type { z } from 'zod';

/** What this device remembers of how somebody likes the pages. Where it may keep nothing, it is as at first. */
export function useStored<S extends z.ZodType>(
  key: string,
  schema: S,
  initial: z.output<S>,
): [z.output<S>, (value: z.output<S>) => void] {
  const [value, setValue] = useState<z.output<S>>(() => read(key, schema) ?? initial);
  const store = useCallback(
    (next: z.output<S>) => {
      setValue(next);
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // A private window: it lasts as long as the page.
      }
    },
    [key],
  );
  return [value, store];
}

function read<S extends z.ZodType>(key: string, schema: S): z.output<S> | undefined {
  try {
    return schema.parse(JSON.parse(localStorage.getItem(key) ?? ''));
  } catch {
    return undefined;
  }
}
