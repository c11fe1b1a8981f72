import { useEffect, useMemo, useRef } from 'react';
import type { Stage } from '../../contract/page/view.ts';
import type { Arrangements } from '../../contract/words/arrangements.ts';
import { Locale } from '../../contract/words/localized.ts';
import { useKept } from './use-kept.ts';

const HOME: Locale = 'zh';

/**
 * The language of questions: that of the screen, until whoever sits here chooses one for them. Of an item that has it not, what
 * there is is shown.
 */
export function useContentLanguage(
  stage: Stage['stage'] | undefined,
  ofScreen: Locale,
): readonly [Locale, (chosen: Locale) => void] {
  const [chosen, choose] = useKept('content-language', Locale.nullable(), null);
  useEffect(() => {
    if (stage === 'idle') choose(null);
  }, [stage, choose]);
  return [chosen ?? ofScreen, choose];
}

/** What is registered for whoever sits here; the same object as long as it says the same. */
export function useArrangements(stage: Stage | undefined): Arrangements {
  const text = JSON.stringify((stage && 'who' in stage && stage.who.arrangements) || {});
  return useMemo(() => JSON.parse(text) as Arrangements, [text]);
}

/**
 * The language of the screen: what somebody chose on it; else what is registered for whoever sits here; else that of the house.
 * Whoever sits down begins with theirs, whatever the one before had chosen.
 */
export function useLanguage(
  stage: Stage['stage'] | undefined,
  registered: Locale | undefined,
): readonly [Locale, (chosen: Locale) => void] {
  const [chosen, choose] = useKept('locale', Locale.nullable(), null);
  const before = useRef<typeof stage>(undefined);
  useEffect(() => {
    const left = before.current === 'idle' && stage !== 'idle';
    if (stage === 'idle' || (left && registered)) choose(null);
    before.current = stage;
  }, [stage, registered, choose]);
  return [chosen ?? registered ?? HOME, choose];
}
