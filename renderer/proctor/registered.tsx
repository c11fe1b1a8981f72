import type { Arrangements } from '../../contract/words/arrangements.ts';
import type { Translate } from '../../messages/index.ts';
import { usePage } from '../context.ts';

/** What is registered for whoever sits here: a proctor knows why no gestures were asked for, or why it lasts longer. */
export function Registered() {
  const { t, arrangements } = usePage();
  const said = inWords(t, arrangements);
  return said.length > 0 ? (
    <p className="muted" data-registered>
      {t('registered.title')} {said.join(' · ')}
    </p>
  ) : null;
}

function inWords(
  t: Translate,
  { extraMinutes, print, readAloud, noGestures, noLight, language }: Arrangements,
): string[] {
  return [
    ...(extraMinutes ? [t('registered.extra-minutes', { minutes: extraMinutes })] : []),
    ...(print ? [t(`registered.${print}`)] : []),
    ...(readAloud ? [t('registered.read-aloud')] : []),
    ...(noGestures ? [t('registered.no-gestures')] : []),
    ...(noLight ? [t('registered.no-light')] : []),
    ...(language ? [t(`registered.in-${language}`)] : []),
  ];
}
