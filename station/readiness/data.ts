import type { Check } from '../../contract/words/readiness.ts';
import { judged, words } from '../../messages/checks.ts';
import type { Facts, KnownFacts } from './facts.ts';

/** What the station keeps, and what keeps it closed. */
export const dataChecks = ({ known }: Facts): readonly Check[] => [
  keyCheck(known),
  recoveryCheck(known),
  ...pinsCheck(known),
  databaseCheck(known),
  ...ledgerCheck(known),
];

function keyCheck({ key }: KnownFacts): Check {
  const expected = words('expected.key');
  switch (key) {
    case 'key-store':
      return judged({ name: 'vault-key', found: words('found.key-store'), expected });
    case 'file':
      return judged({ name: 'vault-key', found: words('found.key-file'), expected }, 'key-in-file');
    case 'elsewhere':
      return judged({ name: 'vault-key', found: words('found.unknown'), expected }, 'key-elsewhere');
    case 'missing':
      return judged({ name: 'vault-key', found: words('found.none'), expected }, 'key-missing', 'NOT READY');
  }
}

function recoveryCheck({ recoveryLiesOpen: open }: KnownFacts): Check {
  const found = words(open ? 'found.lies-open' : 'found.put-away');
  const expected = words('expected.put-away');
  return judged({ name: 'recovery-code', found, expected }, open ? 'recovery-open' : undefined);
}

/** Whoever types them keeps no other proctor out, but somebody should know that they do. */
function pinsCheck({ lockedPins }: KnownFacts): readonly Check[] {
  if (!lockedPins || lockedPins.length === 0) return [];
  const found = words('found.pins-locked', { numbers: lockedPins.join(', ') });
  return [judged({ name: 'pins', found, expected: words('expected.pins') }, 'pin-locked')];
}

function databaseCheck({ database }: KnownFacts): Check {
  const expected = words('expected.whole');
  if (database === 'damaged')
    return judged({ name: 'database', found: words('found.damaged'), expected }, 'data-damaged', 'NOT READY');
  if (database === 'none')
    return judged({ name: 'database', found: words('found.no-station'), expected }, 'data-missing', 'NOT READY');
  return judged({ name: 'database', found: words('found.database', { steps: database.steps }), expected });
}

function ledgerCheck({ ledger }: KnownFacts): readonly Check[] {
  if (!ledger) return [];
  const { lines, broken } = ledger;
  const measured = { name: 'ledger', expected: words('expected.ledger') } as const;
  if (broken === undefined) return [judged({ ...measured, found: words('found.ledger', { lines }) })];
  return [judged({ ...measured, found: words('found.ledger-broken', { line: broken }) }, 'ledger-broken', 'NOT READY')];
}
