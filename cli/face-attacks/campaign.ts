import type { FaceEngine, FaceModels, Thresholds } from '../../native/face/index.ts';
import { type Film, playedOnce, SPECIES, type Species } from '../../native/presentation-attacks/index.ts';
import { type CheckedIn, checkIn } from './check-in.ts';
import { type MadeUpTime, openMadeUpTime } from './made-up-time.ts';
import { openPerforming } from './performing.ts';
import { type Counted, counted } from './rates.ts';
import type { Genuine } from './subjects.ts';

export const EVERY_SPECIES = Object.keys(SPECIES) as readonly Species[];

export type CampaignOptions = {
  readonly engine: FaceEngine;
  /** Of the engine, for whoever performs. */
  readonly models: FaceModels;
  readonly thresholds: Thresholds;
  readonly genuine: readonly Genuine[];
  readonly species: readonly Species[];
  /** Of each species. */
  readonly checkIns: number;
  /** Of people who make the gestures. */
  readonly performed: number;
  /** What a look takes on the station's clock: with 80 ms a picture is taken every 110 ms, as on an idle machine. */
  readonly lookMs: number;
  /** The station allows three before it calls a proctor. */
  readonly tries: number;
};

export type Campaign = {
  /** Attack presentation classification error rate of whole check-ins: attacks that were let in. */
  readonly apcer: Readonly<Partial<Record<Species, Counted>>>;
  /** Bona fide presentation classification error rate: people who were not, in looks without gestures. */
  readonly bpcer: Counted;
  /** The same where gestures are asked for, and made as well as a simulation makes them. */
  readonly performed: Counted;
};

/** Attacks and genuine people, each one whole check-in after the other, on a clock that is turned by hand. */
export async function runCampaign(
  options: CampaignOptions,
  onProgress: (what: string, done: number, of: number) => void = () => undefined,
): Promise<Campaign> {
  const time = openMadeUpTime();
  try {
    return await measure(time, options, onProgress);
  } finally {
    time[Symbol.dispose]();
  }
}

async function measure(
  time: MadeUpTime,
  options: CampaignOptions,
  onProgress: (what: string, done: number, of: number) => void,
): Promise<Campaign> {
  const { species, checkIns, genuine } = options;
  const many = async (what: string, count: number, nth: (n: number) => Promise<CheckedIn>): Promise<Counted> => {
    const came: CheckedIn[] = [];
    for (let n = 0; n < count; n++) {
      came.push(await nth(n));
      onProgress(what, n + 1, count);
    }
    return counted(came, options.thresholds.live, what === 'genuine' ? 'stopped' : 'let in');
  };
  const apcer: Partial<Record<Species, Counted>> = {};
  for (const one of species) apcer[one] = await many(one, checkIns, (n) => attack(time, options, one, n));
  const looks = genuine.flatMap((person) => startsOf(person).map((from) => ({ person, from })));
  const bpcer = await many('genuine', looks.length, (n) => {
    const { person, from } = looks[n] as (typeof looks)[number];
    return sitDown(time, options, person, playedOnce(person.clip, from));
  });
  const performed = await performances(time, options, (came) => onProgress('performed', came, options.performed));
  return { apcer, bpcer, performed: counted(performed, options.thresholds.live, 'stopped') };
}

/** Spread over the clips: of each person all of them at once, who is made only once. */
async function performances(
  time: MadeUpTime,
  options: CampaignOptions,
  onProgress: (came: number) => void,
): Promise<readonly CheckedIn[]> {
  const { engine, models, genuine, performed } = options;
  const came: CheckedIn[] = [];
  for (const [n, person] of genuine.entries()) {
    const share = Math.ceil((performed - n) / genuine.length);
    const performing = share > 0 ? await openPerforming(engine, models, person) : undefined;
    for (let round = 0; performing && round < share; round++) {
      came.push(await perform(time, options, person, performing(n + round * genuine.length + 1)));
      onProgress(came.length);
    }
  }
  return came;
}

/** In two tries at most; how a feed that begins anew is found the clips themselves say, each played once. */
function perform(time: MadeUpTime, options: CampaignOptions, person: Genuine, film: Film): Promise<CheckedIn> {
  const { engine, thresholds, lookMs } = options;
  const visit = { engine, thresholds, template: person.template, film, lookMs, tries: TRIES_OF_PEOPLE };
  return time.until(checkIn(time, { ...visit, comesAgain: true }));
}

/** The picture or the film of one of them, in turn, each time with another seed. */
export function filmOf(genuine: readonly Genuine[], species: Species, n: number): { victim: Genuine; film: Film } {
  const victim = genuine[n % genuine.length] as Genuine;
  const others = genuine.filter(({ person }) => person !== victim.person);
  const wearer = others[n % Math.max(others.length, 1)] ?? victim;
  return { victim, film: SPECIES[species]({ victim, wearer, recordings: victim.recordings, seed: n + 1 }) };
}

function attack(time: MadeUpTime, options: CampaignOptions, species: Species, n: number): Promise<CheckedIn> {
  const { engine, thresholds, lookMs, tries, genuine } = options;
  const { victim, film } = filmOf(genuine, species, n);
  return time.until(checkIn(time, { engine, thresholds, template: victim.template, film, lookMs, tries }));
}

const TRIES_OF_PEOPLE = 2;

/** A clip is played once, and has to be long enough: pictures come as fast as at an idle machine. */
const GENUINE_LOOK_MS = 40;
/** A look of fifteen usable pictures takes so many of a clip. */
const LONG_ENOUGH = 22;

/** Parts of a clip that have no picture in common. */
const startsOf = ({ clip }: Genuine): readonly number[] =>
  Array.from({ length: Math.max(Math.floor(clip.length / LONG_ENOUGH), 1) }, (_, n) => n * LONG_ENOUGH);

/** Clips show nobody who does what a screen asks: who sits down here is one of whom no gestures are asked. */
function sitDown(time: MadeUpTime, options: CampaignOptions, person: Genuine, film: Film): Promise<CheckedIn> {
  const { engine, thresholds } = options;
  const visit = { engine, thresholds, template: person.template, film, lookMs: GENUINE_LOOK_MS, tries: 1 };
  return time.until(checkIn(time, { ...visit, noGestures: true }));
}
