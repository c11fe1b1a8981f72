import { useCallback, useState } from 'react';
import type { z } from 'zod';

/**
 * State that a reload of this window does not lose. For where somebody is, never for who somebody is or what they
 * answered: that is the station's.
 */
export function useKept<S extends z.ZodType>(
  key: string,
  schema: S,
  initial: z.output<S>,
): [z.output<S>, (value: z.output<S>) => void] {
  const [value, setValue] = useState<z.output<S>>(() => read(key, schema) ?? initial);
  const keep = useCallback(
    (next: z.output<S>) => {
      sessionStorage.setItem(key, JSON.stringify(next));
      setValue(next);
    },
    [key],
  );
  return [value, keep];
}

function read<S extends z.ZodType>(key: string, schema: S): z.output<S> | undefined {
  try {
    return schema.parse(JSON.parse(sessionStorage.getItem(key) ?? ''));
  } catch {
    return undefined;
  }
}

/** For whoever comes next: what was kept under this name begins anew. */
export const forget = (key: string): void => sessionStorage.removeItem(key);
