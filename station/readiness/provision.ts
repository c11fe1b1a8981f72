import type { Check } from '../../contract/words/readiness.ts';
import { asIs, judged, words } from '../../messages/checks.ts';
import { keyId } from '../../proof/index.ts';
import type { Facts } from './facts.ts';

/** Whether anybody said what this terminal is, and how it knows its center. */
export function provisionCheck({ known: { provision } }: Facts): Check {
  const expected = words('expected.provisioned');
  const none = { name: 'provisioned', found: words('found.none'), expected } as const;
  if (provision === 'own-screen') return judged({ ...none, found: words('found.unmeasured') }, provision);
  if (provision === 'missing') return judged(none, 'not-provisioned', 'NOT READY');
  if (provision === 'unreadable') return judged(none, 'settings-unreadable', 'NOT READY');
  const { name, room, pinned, enrolledWith } = provision;
  const place = [room, name].filter(Boolean).join(' · ');
  if (!pinned) return judged({ ...none, found: asIs(place) }, 'center-key-unpinned');
  const measured = { ...none, found: asIs(`${place} · ${keyId(pinned)}`) };
  const another = enrolledWith !== undefined && enrolledWith !== pinned;
  return judged(measured, another ? 'center-other' : undefined, 'NOT READY');
}
