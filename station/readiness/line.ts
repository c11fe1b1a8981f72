import type { Check } from '../../contract/words/readiness.ts';
import { judged, words } from '../../messages/checks.ts';
import type { Facts } from './facts.ts';

/** Whether anybody between here and the center can read along. */
export function lineCheck({ known: { line, enrolment } }: Facts): readonly Check[] {
  if (!line) return [];
  const expected = words('expected.line');
  const { way, vouched, allowed } = line;
  if (way === 'this-machine') return [judged({ name: 'line', found: words('found.line-this-machine'), expected })];
  if (way === 'tls') {
    const found = words(vouched ? `found.line-${vouched}` : 'found.line-tls');
    return [judged({ name: 'line', found, expected })];
  }
  const measured = { name: 'line', found: words('found.line-plain'), expected } as const;
  if (allowed) return [judged(measured, 'center-plain-allowed')];
  return [judged(measured, 'center-plain', enrolment ? 'WARNING' : 'NOT READY')];
}
