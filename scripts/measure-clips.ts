import {
  areSame,
  livenessOf,
  lookAtAll,
  looksIn,
  measuredClips,
  measuredPairs,
  openTwoEngines,
  type Pair,
  templateFrom,
  triedClips,
  triedPairs,
} from '../native/face/clips.fixture.ts';
import { cosine, judgeCapture, meanDirection, type Observation, readCalibration } from '../native/face/index.ts';
import { MODELS } from '../tests/kit/face-models.ts';

/**
 * What the thresholds of `models/calibration.json` are read off: how alike the clips of one person are, and those of
 * strangers, each look of five frames in a row against what another clip enrols; for the people they are measured on, and
 * for the others, on whom they are tried. `EXAM_STATION_FACE_PROFILE` names other networks.
 */
const thresholds = readCalibration(MODELS);

const names = [...measuredClips, ...triedClips];
const engines = await openTwoEngines();
const [even, odd] = [await lookAtAll(engines, names, 0), await lookAtAll(engines, names, 1)];
await Promise.all(engines.map((engine) => engine.close()));

type Look = readonly Observation[];
const clip = (name: string): Look => even.get(name) ?? [];
const everyLook = new Map(names.map((name) => [name, [clip(name), odd.get(name) ?? []].flatMap(looksIn)]));
const enrolled = new Map(names.map((name) => [name, templateFrom(clip(name))]));

function compared(pairs: readonly Pair[], looksOf: (name: string) => readonly Look[]) {
  const scores = ([one, other]: Pair): readonly number[] => {
    const template = enrolled.get(other);
    return template
      ? looksOf(one).map((look) => judgeCapture(look, template, thresholds).similarity ?? Number.NaN)
      : [];
  };
  const [same, strangers] = [pairs.filter(areSame), pairs.filter((pair) => !areSame(pair))].map((some) =>
    some.flatMap(scores),
  ) as [number[], number[]];
  const { accept, refuseBelow } = thresholds;
  return {
    same: same.length,
    leastAlikeOfOnePerson: least(same),
    notAccepted: same.filter((score) => !(score >= accept)).length,
    refused: same.filter((score) => score < refuseBelow).length,
    strangers: strangers.length,
    mostAlikeStrangers: -least(strangers.map((score) => -score)),
    strangersAsked: strangers.filter((score) => score >= refuseBelow).length,
    strangersAccepted: strangers.filter((score) => score >= accept).length,
  };
}

const least = (scores: readonly number[]): number => scores.reduce((low, score) => Math.min(low, score), 1);

/**
 * What `sameFace` parts: frames of a clip against the face at rest in it (three frames in a row that look straight), turned
 * ones apart, and frames of strangers against it.
 */
function likenessOf(clips: readonly string[]) {
  const frames = (name: string): Look => [...clip(name), ...(odd.get(name) ?? [])];
  const among = (pairs: readonly Pair[], embedding: (frame: Observation) => Float32Array | undefined) =>
    pairs.flatMap(([name, other]) => {
      const vectors = frames(other).flatMap((frame) => embedding(frame) ?? []);
      return facesAtRest(clip(name)).flatMap((face) => vectors.map((vector) => cosine(face, vector)));
    });
  const self = clips.map((name): Pair => [name, name]);
  const others = clips.flatMap((one) => clips.map((other): Pair => [one, other])).filter((pair) => !areSame(pair));
  const [own, strangers] = [self, others].map((pairs) => among(pairs, ({ person }) => person?.embedding));
  const turned = among(self, ({ glimpse }) => glimpse);
  return {
    own: taken(own),
    strangers: taken(strangers),
    turned: { frames: turned.length, leastAlike: least(turned) },
  };
}

const taken = (scores: readonly number[] = []) => ({
  frames: scores.length,
  taken: scores.filter((score) => score >= thresholds.sameFace).length / scores.length,
});

/** As far as gestures take a face to be at rest. */
const REST_DEGREES = 15;
const facesAtRest = (seen: Look): readonly Float32Array[] =>
  seen.flatMap((_, start) => {
    const three = seen.slice(start, start + 3);
    const calm = three.flatMap(({ person, signs }) =>
      person && Math.abs(signs?.yaw ?? 90) <= REST_DEGREES ? [person.embedding] : [],
    );
    return calm.length === 3 ? [meanDirection(calm)] : [];
  });

const figuresOf = (clips: readonly string[], pairs: readonly Pair[]) => ({
  clips: compared(pairs, (name) => [clip(name)]),
  looks: compared(pairs, (name) => everyLook.get(name) ?? []),
  leastLive: least(clips.map((name) => livenessOf(clip(name)))),
});

const { id, accept, refuseBelow, sameFace } = thresholds;
const report = {
  calibration: { id, accept, refuseBelow, sameFace },
  measured: figuresOf(measuredClips, measuredPairs),
  tried: figuresOf(triedClips, triedPairs),
  sameFace: likenessOf(names),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
