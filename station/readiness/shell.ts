import type { Check } from '../../contract/words/readiness.ts';
import { asIs, judged, words } from '../../messages/checks.ts';
import type { Facts } from './facts.ts';

/** The Node that better-sqlite3 is built for; it crashes on older ones. */
const NODE = 24;

/** What shows the page, and what runs: the shell says of itself what only it can know. */
export const shellChecks = (facts: Facts): readonly Check[] => [...kioskChecks(facts), versionsCheck(facts)];

function kioskChecks({ known: { shell } }: Facts): readonly Check[] {
  const expected = words('expected.locked');
  if (shell === 'own-screen') return [judged({ name: 'kiosk', found: words('found.unmeasured'), expected }, shell)];
  if (shell.kind === 'browser')
    return [judged({ name: 'kiosk', found: words('found.not-locked'), expected }, 'not-locked')];
  return shell.checks ?? [judged({ name: 'kiosk', found: words('found.unknown'), expected }, 'shell-silent')];
}

function versionsCheck({ known: { versions } }: Facts): Check {
  const { program, node, models } = versions;
  const found = asIs(`${program} · Node ${node} · ${models}`);
  const measured = { name: 'versions', found, expected: words('expected.node', { version: NODE }) } as const;
  return judged(measured, Number.parseInt(node, 10) < NODE ? 'node-old' : undefined, 'NOT READY');
}
