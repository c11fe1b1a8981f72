import { MODELS } from '../../tests/kit/face-models.ts';
import { feedNames, picturesOf } from './feeds.fixture.ts';
import { decodeStill, type FaceEngine, meanDirection, type Observation, openFaceEngine, templateOf } from './index.ts';

/** Whose clip it is: the name of a clip of one person begins with a letter for them. */
export const personOf = (name: string): string | undefined => /^([A-Z])_/.exec(name)?.[1];

/**
 * Every second person, in the order of their letters: on these the thresholds of `models/calibration.json` are measured,
 * and on all others they are tried. Nobody is both.
 */
export const MEASURED: readonly string[] = ['A', 'C', 'E', 'G'];
const isMeasured = (name: string): boolean => MEASURED.includes(personOf(name) ?? '');

const people = feedNames.filter((name) => personOf(name) !== undefined);
export const measuredClips: readonly string[] = people.filter(isMeasured);
export const triedClips: readonly string[] = people.filter((name) => !isMeasured(name));

/** Every second of 15 pictures a second: the pace of a check-in (`station/watch`). */
const PACE = 2;
/** What a check-in takes: so many usable frames, the majority of the last so many. */
const [USABLE, LAST] = [5, 9];

/** A clip as a camera at a check-in shows it, from its first picture or from a later one. */
async function lookAt(engine: FaceEngine, name: string, first: number): Promise<readonly Observation[]> {
  const pictures = picturesOf(name).filter((_, at) => at % PACE === first);
  const observations: Observation[] = [];
  for (const picture of pictures)
    observations.push(await engine.observe(await decodeStill(picture), { depth: 'identify', gestures: true }));
  return observations;
}

/**
 * @param engines that look side by side
 * @param first 1 for the pictures that 0 leaves out
 */
export async function lookAtAll(
  engines: readonly FaceEngine[],
  names: readonly string[],
  first: 0 | 1 = 0,
): Promise<ReadonlyMap<string, readonly Observation[]>> {
  const seen = new Map<string, readonly Observation[]>();
  const waiting = [...names];
  const work = async (engine: FaceEngine): Promise<void> => {
    for (let name = waiting.shift(); name; name = waiting.shift()) seen.set(name, await lookAt(engine, name, first));
  };
  await Promise.all(engines.map(work));
  return seen;
}

export const openTwoEngines = (): Promise<readonly FaceEngine[]> =>
  Promise.all([openFaceEngine(MODELS), openFaceEngine(MODELS)]);

/** What a clip enrols its person with: six frames spread evenly over it. */
export const templateFrom = (seen: readonly Observation[]) =>
  templateOf(MODELS.embedder, [
    meanDirection(spreadOver(seen, 6).flatMap(({ person }) => (person ? [person.embedding] : []))),
  ]);

const spreadOver = (seen: readonly Observation[], count: number): readonly Observation[] =>
  Array.from({ length: count }, (_, n) => seen[Math.floor(((n + 0.5) * seen.length) / count)]).filter(
    (one) => one !== undefined,
  );

/** Every look a check-in could have taken: from each frame on, until five were usable. */
export const looksIn = (seen: readonly Observation[]): readonly (readonly Observation[])[] =>
  seen.flatMap((_, start) => {
    const from = seen.slice(start);
    const enough = from.findIndex((__, at) => from.slice(0, at + 1).filter(({ person }) => person).length === USABLE);
    return enough < 0 ? [] : [from.slice(Math.max(enough + 1 - LAST, 0), enough + 1)];
  });

export type Pair = readonly [one: string, other: string];

const pairsAmong = (names: readonly string[]): readonly Pair[] =>
  names.flatMap((one) => names.filter((other) => other !== one).map((other) => [one, other] as const));
/** Every clip against every other, each way, of the people the thresholds are measured on. */
export const measuredPairs = pairsAmong(measuredClips);
/** All others: at least one of the two is somebody the thresholds know nothing of. */
export const triedPairs = pairsAmong(people).filter(([one, other]) => !isMeasured(one) || !isMeasured(other));
export const areSame = ([one, other]: Pair): boolean => personOf(one) === personOf(other);

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
export const livenessOf = (seen: readonly Observation[]): number =>
  median(seen.flatMap(({ person }) => person?.live ?? []));
