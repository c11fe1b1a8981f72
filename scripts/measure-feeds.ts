import { feedNames, framesOf, picturesOf } from '../native/face/feeds.fixture.ts';
import { decodeStill, type Picture } from '../native/face/index.ts';
import { followFeed } from '../station/watch/camera/feed.ts';
import {
  AT_CHECK_IN_MS,
  DURING_EXAM_MS,
  EDITS,
  type Edit,
  played,
  secondsOf,
} from '../station/watch/camera/played.fixture.ts';

/**
 * What the judge of feeds says of the clips: played once, of which it should say nothing; again and again and edited, how
 * long it takes; and what one picture costs beside decoding it.
 */
const TOO_LONG_S = 60;
const clips = new Map<string, readonly Picture[]>();
for (const name of feedNames) clips.set(name, await framesOf(name));

async function genuine(everyMs: number) {
  const inARow = followFeed();
  let [pictures, doubted] = [0, 0];
  for (const clip of clips.values())
    for (const feed of [followFeed(), inARow]) {
      const { states } = await played(clip, { seconds: secondsOf(clip), everyMs, feed });
      pictures += states.length;
      doubted += states.filter((state) => state !== 'fine').length;
    }
  return { pictures, doubted };
}

async function looped(everyMs: number, edit: Edit) {
  const after: number[] = [];
  let missed = 0;
  for (const clip of clips.values()) {
    const { loopedAfter } = await played(clip, { seconds: TOO_LONG_S, everyMs, edit });
    if (loopedAfter === undefined) missed += 1;
    else after.push(loopedAfter);
  }
  const sorted = after.toSorted((p, q) => p - q);
  const rounded = (seconds = Number.NaN): number => Math.round(seconds * 10) / 10;
  return { median: rounded(sorted[sorted.length >> 1]), longest: rounded(sorted.at(-1)), missed };
}

/** Median milliseconds of decoding a picture and of judging it, with half an hour of pictures known. */
async function costs() {
  const files = [...clips.keys()].flatMap((name) => picturesOf(name).map((file) => ({ name, file })));
  const feed = followFeed();
  const pictures = [...clips.values()].flat();
  for (let n = 0; n < 5_400; n++) feed.judge(pictures[n % pictures.length] as Picture);
  const [decode, judge]: [number[], number[]] = [[], []];
  for (const { file } of files.slice(0, 300)) {
    const start = performance.now();
    const picture = await decodeStill(file);
    const between = performance.now();
    feed.judge(picture);
    decode.push(between - start);
    judge.push(performance.now() - between);
  }
  const median = (values: readonly number[]): number => values.toSorted((p, q) => p - q)[values.length >> 1] ?? 0;
  return { judgeMs: median(judge), decodeMs: median(decode), ratio: median(judge) / median(decode) };
}

const edits: Record<string, unknown> = {};
for (const edit of Object.keys(EDITS) as Edit[]) edits[edit] = await looped(DURING_EXAM_MS, edit);
const report = {
  clips: clips.size,
  genuine: { checkIn: await genuine(AT_CHECK_IN_MS), exam: await genuine(DURING_EXAM_MS) },
  secondsUntilFoundDuringExam: edits,
  cost: await costs(),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
