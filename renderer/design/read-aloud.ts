import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Locale } from '../../contract/words/localized.ts';
import { openReader, type Reader } from './reader.ts';

export type ReadAloud = {
  /** Whether this machine has a voice for the language. */
  readonly available: boolean;
  readonly speaking: boolean;
  /** One after another, in place of what is being spoken. */
  readonly speak: (parts: readonly string[]) => void;
  readonly stop: () => void;
};

let ofWindow: Reader | undefined;
function readerOfWindow(): Reader {
  ofWindow ??= openReader(globalThis.speechSynthesis, (text) => new SpeechSynthesisUtterance(text));
  return ofWindow;
}

/**
 * Reads what is on the screen aloud, and stops when something else is on it.
 * @param language of the text, which need not be that of the screen
 * @param of what is read: an item's id
 */
export function useReadAloud(language: Locale, of: string, reader: Reader = readerOfWindow()): ReadAloud {
  const available = useSyncExternalStore(
    reader.subscribe,
    () => reader.speaks(language),
    () => false,
  );
  const speaking = useSyncExternalStore(reader.subscribe, reader.speaking, () => false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was begun of one item, or in one language, is of no other
  useEffect(() => reader.stop, [reader, of, language]);
  return useMemo(
    () => ({ available, speaking, speak: (parts) => reader.speak(parts, language), stop: reader.stop }),
    [available, speaking, reader, language],
  );
}
