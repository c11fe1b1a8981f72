import { personOf } from '../../native/face/clips.fixture.ts';
import {
  type FaceEngine,
  meanDirection,
  type Observation,
  type Picture,
  type Template,
  templateOf,
} from '../../native/face/index.ts';
import { followFeed } from '../../station/watch/camera/feed.ts';
import { MODELS } from '../kit/face-models.ts';
import type { Condition } from './conditions.ts';
import { type Edit, together } from './edit.ts';
import { type Film, looped, seenThrough } from './film.ts';
import type { Plant } from './plants.ts';
import { confirmed, looksOf, type Outcome, type Told, toldOf } from './told.ts';

/** What nobody should be told of, and what was. */
export type Genuine = {
  readonly minutes: number;
  readonly looks: number;
  /** How often each was told. */
  readonly told: Readonly<Partial<Record<Told, number>>>;
  /** Of those, what is not so. */
  readonly falseIncidents: number;
  /** How looks at who it is came out. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** How they came out against every other person's template. */
  readonly asOthers: Readonly<Partial<Record<Outcome, number>>>;
};

const counted = <K extends string>(all: readonly K[]): Partial<Record<K, number>> => {
  const counts: Partial<Record<K, number>> = {};
  for (const one of all) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
};

/** A template of what was seen, as check-in has it of a photo. */
const templateOfSeen = (seen: readonly Observation[]): Template =>
  templateOf(MODELS.embedder, [meanDirection(seen.flatMap(({ person }) => person?.embedding ?? []))]);

/** Which film is on: the edited one all the time, or only for a spell. */
const filmAt =
  (edited: readonly Observation[], plain: readonly Observation[], spell: Condition['spell']) => (atMs: number) =>
    !spell || atMs % spell.everyMs < spell.lastingMs ? edited : plain;

/** @param plain what was seen of each film unedited */
export async function genuineRound(
  engine: FaceEngine,
  films: readonly Film[],
  plain: ReadonlyMap<string, readonly Observation[]>,
  { edit, spell, honest = [] }: Condition,
  minutesEach: number,
): Promise<Genuine> {
  const told: Told[] = [];
  const [outcomes, asOthers]: [Outcome[], Outcome[]] = [[], []];
  let looks = 0;
  for (const film of films) {
    const seen = await seenThrough(engine, film, edit, 'identify');
    looks += seen.length;
    const without = plain.get(film.name) ?? [];
    told.push(...toldOf(looped(minutesEach, filmAt(seen, without, spell))).map(({ what }) => what));
    const own = looksOf(seen, templateOfSeen(without));
    outcomes.push(...own);
    // What lasts shorter than a look is put off is not told of.
    if (!spell) told.push(...confirmed(own));
    for (const [name, other] of plain)
      if (personOf(name) !== personOf(film.name)) asOthers.push(...looksOf(seen, templateOfSeen(other)));
  }
  return {
    minutes: minutesEach * films.length,
    looks,
    told: counted(told),
    falseIncidents: told.filter((what) => !honest.includes(what)).length,
    outcomes: counted(outcomes),
    asOthers: counted(asOthers),
  };
}

export type Found = { readonly found: number; readonly of: number; readonly slowestMs: number };

/** What must be told within so long after its own patience. */
const IN_TIME_MS = 3_000;

/** Whether something that is there is told of in time, under a condition. */
export async function plantedRound(engine: FaceEngine, plant: Plant, edit: Edit): Promise<Found> {
  const times: number[] = [];
  for (const film of plant.films) {
    const seen = await seenThrough(engine, film, together(plant.edit, edit));
    const [first] = toldOf(looped(0.5, () => seen)).filter(({ what }) => plant.told.includes(what));
    if (first && first.atMs <= plant.patienceMs + IN_TIME_MS) times.push(first.atMs);
  }
  return { found: times.length, of: plant.films.length, slowestMs: Math.max(0, ...times) };
}

/** One picture again and again. */
export function frozenRound(pictures: readonly Picture[], edit: Edit): Found {
  const found = pictures.filter((picture) => {
    const feed = followFeed();
    const frozen = edit(picture, undefined, 0);
    return Array.from({ length: 10 }, () => feed.judge(frozen)).includes('frozen');
  });
  return { found: found.length, of: pictures.length, slowestMs: 0 };
}
