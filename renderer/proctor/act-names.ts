import { useRef } from 'react';
import { ActId } from '../../contract/words/ids.ts';
import type { ProctorAction } from '../../contract/words/proctoring.ts';

export type ActNames = {
  /** A name for what is asked for: the same while the same is asked again, because no answer came. */
  of(action: ProctorAction): ActId;
  /** It was answered: the same, asked for once more, is another act. */
  done(): void;
};

/** So that the station does once what the page had to ask for twice, also after the PIN was asked for again in between. */
export function useActNames(): ActNames {
  const asked = useRef<{ readonly content: string; readonly name: ActId }>(undefined);
  return {
    of(action) {
      const content = JSON.stringify(action);
      if (asked.current?.content !== content)
        asked.current = { content, name: ActId.parse(`ac_${crypto.randomUUID()}`) };
      return asked.current.name;
    },
    done() {
      asked.current = undefined;
    },
  };
}
