import type { Check } from '../contract/words/readiness.ts';
import { asIs, judged, words } from '../messages/checks.ts';
import packageJson from '../package.json' with { type: 'json' };
import type { StepFinding } from './lockdown/index.ts';

/** What only the shell can see of the machine. */
export type ShellSeen = {
  /** How the steps of the lockdown stand; nothing in a window to try things in. */
  readonly locked: readonly StepFinding[] | undefined;
  /** What a crash had left on the machine. */
  readonly left: { readonly undone: readonly string[]; readonly stuck: readonly string[] };
  readonly displays: number;
  readonly versions: Pick<NodeJS.ProcessVersions, 'electron' | 'chrome'>;
};

/** For the station's list of checks. None of them keeps anybody from an exam by itself: a proctor decides. */
export const shellChecks = ({ locked, left, displays, versions }: ShellSeen): readonly Check[] => [
  lockdownCheck(locked),
  judged(
    {
      name: 'leftovers',
      found: left.stuck.length > 0 ? asIs(short(left.stuck.join(', '))) : undoneInWords(left.undone),
      expected: words('expected.no-leftovers'),
    },
    left.stuck.length > 0 ? 'lockdown-leftover' : undefined,
  ),
  judged(
    {
      name: 'displays',
      found: words('found.displays', { count: displays }),
      expected: words('expected.one-display'),
    },
    displays > 1 ? 'second-display' : undefined,
  ),
  judged(
    {
      name: 'electron',
      found: asIs(`Electron ${versions.electron} · Chromium ${versions.chrome}`),
      expected: asIs(`Electron ${MEANT_FOR}`),
    },
    majorOf(versions.electron) === majorOf(MEANT_FOR) ? undefined : 'electron-other',
  ),
];

/** The Electron this kiosk is written for and shipped with. */
const MEANT_FOR = packageJson.devDependencies.electron;
const majorOf = (version: string | undefined): string | undefined => version?.split('.')[0];

function lockdownCheck(locked: readonly StepFinding[] | undefined): Check {
  const expected = words('expected.locked');
  if (!locked) return judged({ name: 'lockdown', found: words('found.none'), expected }, 'not-locked');
  const failed = locked.filter(({ state }) => state === 'failed');
  const held = locked.filter(({ state }) => state === 'held').length;
  const found =
    failed.length > 0
      ? asIs(short(failed.map(({ step, detail }) => `${step}: ${detail}`).join('; ')))
      : words('found.locked', { steps: held });
  return judged({ name: 'lockdown', found, expected }, failed.length > 0 ? 'lockdown-failed' : undefined);
}

/** What a system's programs say may be long; a check is a line. */
const short = (text: string): string => text.slice(0, 300);

const undoneInWords = (undone: readonly string[]) =>
  undone.length > 0 ? words('found.undone', { steps: undone.join(', ') }) : words('found.none');
