import type { Check } from '../../contract/words/readiness.ts';
import { asIs, judged, words } from '../../messages/checks.ts';
import type { Facts } from './facts.ts';

export function readerCheck({ known: { reader } }: Facts): Check {
  const expected = words('expected.plugged');
  if (reader.state === 'ready')
    return judged({ name: 'reader', found: reader.label ? asIs(reader.label) : words('found.ready'), expected });
  const found = words(reader.state === 'starting' ? 'found.starting' : 'found.none');
  return judged({ name: 'reader', found, expected }, reader.reason ?? 'reader-missing');
}
