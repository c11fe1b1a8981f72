import { useMemo } from 'react';
import { ActId } from '../../contract/words/ids.ts';
import type { ProctorAction } from '../../contract/words/proctoring.ts';

/**
 * A name for what is about to be asked for. It stays while the same is asked again, because no answer came, so that the
 * station does it once; something else has another name.
 */
export function useActId(action: ProctorAction | undefined): ActId {
  const content = JSON.stringify(action);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another content is another act
  return useMemo(() => ActId.parse(`ac_${crypto.randomUUID()}`), [content]);
}
