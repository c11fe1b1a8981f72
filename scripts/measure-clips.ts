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
import { judgeCapture, type Observation, readCalibration } from '../native/face/index.ts';
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

const figuresOf = (clips: readonly string[], pairs: readonly Pair[]) => ({
  clips: compared(pairs, (name) => [clip(name)]),
  looks: compared(pairs, (name) => everyLook.get(name) ?? []),
  leastLive: least(clips.map((name) => livenessOf(clip(name)))),
});

const { id, accept, refuseBelow } = thresholds;
const report = {
  calibration: { id, accept, refuseBelow },
  measured: figuresOf(measuredClips, measuredPairs),
  tried: figuresOf(triedClips, triedPairs),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
