import { FindingCode } from '../../contract/words/findings.ts';
import { REASONS } from '../../contract/words/reasons.ts';

/** Who gains by it. Each kind of person may do what those before it can. */
export const ATTACKERS = [
  'stranger',
  'candidate',
  'somebody on the line',
  'firm',
  'proctor',
  'administrator of a station',
  'thief of a key',
  'operator of the center',
] as const;
export type Attacker = (typeof ATTACKERS)[number];

/**
 * What comes of it. `prevented`: it is refused, and nothing came of it. `detected`: it happens, and whoever is named under
 * `by` sees that it did. `open`: it works, and nobody is told.
 */
export const OUTCOMES = ['prevented', 'detected', 'open'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What a replay came to, as it was seen. */
export type Seen = {
  readonly outcome: Outcome;
  /** What said so: a reason code, a verdict, an incident; for people who read the report. */
  readonly said: string;
};

/** One attack, which anybody can replay against the code that runs. */
export type Attack = Attempt & Outcomes;

type Attempt = {
  /** `lower-case-words`, one of its kind. */
  readonly name: string;
  /** Heading in docs/trust.md. */
  readonly about: About;
  readonly attacker: Attacker;
  /** One plain sentence: what is done. */
  readonly does: string;
  /** Who or what prevents it, or sees it and when; what it would take, where it is open. One plain phrase. */
  readonly by: string;
  /** Does it, and looks at what came of it. It must not throw for being refused: that is what it looks for. */
  replay(): Promise<Seen>;
};

type Outcomes =
  | { readonly outcome: 'open'; readonly told?: undefined }
  | {
      readonly outcome: Exclude<Outcome, 'open'>;
      /** By which words it is refused or seen, all of them: reason codes and findings, and what else is said where there is none. */
      readonly told: readonly [string, ...string[]];
    };

const CODES: ReadonlySet<string> = new Set([...REASONS, ...FindingCode.options]);
const wordsOf = (said: string): readonly string[] => said.match(/[a-z0-9]+(?:-[a-z0-9]+)*/g) ?? [];
const isSaid = (words: string, said: string): boolean =>
  ` ${wordsOf(said).join(' ')} `.includes(` ${wordsOf(words).join(' ')} `);

/**
 * What a replay shows to be wrong about what the list says of it: another outcome, something that it should be told by and is
 * not, and a code that it is told by besides, for then nobody knows which of them it was. Nothing where all is as said.
 */
export function notAsSaid(attack: Outcomes, { outcome, said }: Seen): readonly string[] {
  const claimed = attack.outcome;
  const told: readonly string[] = attack.told ?? [];
  const expected = told.flatMap(wordsOf);
  const others = claimed === 'open' ? [] : wordsOf(said).filter((word) => CODES.has(word) && !expected.includes(word));
  return [
    ...(outcome === claimed ? [] : [`${outcome}, and docs/trust.md says ${claimed}`]),
    ...told.filter((words) => !isSaid(words, said)).map((words) => `no word of ${words}`),
    ...[...new Set(others)].map((code) => `also ${code}`),
  ];
}

export const ABOUTS = {
  proof: 'Proof files and verify',
  results: 'Results at the center',
  log: 'The transparency log',
  time: 'Time',
  keys: 'Keys, stations and grants',
  proctors: 'Proctors and secrets',
  ledger: 'The ledger of a station',
  files: 'Files that are taken in',
  denial: 'Keeping others from their exam',
  line: 'The network and log-ins',
  rest: 'Data at rest',
  person: 'One person, one exam',
  camera: 'The camera as a witness',
  evidence: 'Pictures for inspectors',
} as const;
export type About = keyof typeof ABOUTS;
