import {
  areSame,
  livenessOf,
  lookAtAll,
  measuredClips,
  measuredPairs,
  openTwoEngines,
  type Pair,
  templateFrom,
  triedClips,
  triedPairs,
} from '../native/face/clips.fixture.ts';
import { judgeCapture, type Observation, shippedCalibration } from '../native/face/index.ts';

/**
 * What the thresholds of `models/calibration.json` are read off: how alike the clips of one person are, and those of
 * strangers, frames fused; for the people they are measured on, and for the others, on whom they are tried.
 */
const thresholds = shippedCalibration;

const engines = await openTwoEngines();
const seen = await lookAtAll(engines, [...measuredClips, ...triedClips]);
await Promise.all(engines.map((engine) => engine.close()));

function figuresOf(names: readonly string[], pairs: readonly Pair[]) {
  const clip = (name: string): readonly Observation[] => seen.get(name) ?? [];
  const similarity = ([one, other]: Pair): number =>
    judgeCapture(clip(one), templateFrom(clip(other)), thresholds).similarity ?? Number.NaN;
  const same = pairs.filter(areSame).map(similarity);
  const strangers = pairs.filter((pair) => !areSame(pair)).map(similarity);
  return {
    pairs: { same: same.length, strangers: strangers.length },
    leastAlikeOfOnePerson: Math.min(...same),
    mostAlikeStrangers: Math.max(...strangers),
    leastLive: Math.min(...names.map((name) => livenessOf(clip(name)))),
  };
}

const report = { measured: figuresOf(measuredClips, measuredPairs), tried: figuresOf(triedClips, triedPairs) };
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
