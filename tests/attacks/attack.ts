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

/** One attack, which anybody can replay against programs that really run. */
export type Attack = {
  /** `lower-case-words`, one of its kind. */
  readonly name: string;
  /** Heading in docs/trust.md. */
  readonly about: About;
  readonly attacker: Attacker;
  /** One plain sentence: what is done. */
  readonly does: string;
  readonly outcome: Outcome;
  /** Who or what prevents it, or sees it and when; what it would take, where it is open. One plain phrase. */
  readonly by: string;
  /** Does it, and looks at what came of it. It must not throw for being refused: that is what it looks for. */
  replay(): Promise<Seen>;
};

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
} as const;
export type About = keyof typeof ABOUTS;
