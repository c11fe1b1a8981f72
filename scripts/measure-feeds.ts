import { feedNames, framesOf, picturesOf } from '../native/face/feeds.fixture.ts';
import { decodeStill, type Picture } from '../native/face/index.ts';
import { EDITS, type Edit, noisy } from '../native/presentation-attacks/index.ts';
import { followFeed } from '../station/watch/camera/feed.ts';
import { AT_CHECK_IN_MS, DURING_EXAM_MS, played, secondsOf } from '../station/watch/camera/played.fixture.ts';
import { differenceOf, type Print, printOf } from '../station/watch/camera/print.ts';

/**
 * What the judge of feeds says of the clips: played once, of which it should say nothing; again and again and edited, how
 * long it takes; how far a still is from people who hardly move; and what one picture costs beside decoding it.
 */
const TOO_LONG_S = 60;
/** So many pictures of a clip are one of an exam. */
const EXAM_STEP = 5;
const clips = new Map<string, readonly Picture[]>();
for (const name of feedNames) clips.set(name, await framesOf(name));

const median = (values: readonly number[]): number => values.toSorted((p, q) => p - q)[values.length >> 1] ?? 0;

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

/**
 * How much farther from the first a picture comes than neighbours are from each other: the noise of a minute over one picture,
 * and what people who hardly move do in the seconds of their clip, by itself and with noise over it.
 */
function stillness() {
  const farther = (pictures: number, pictureAt: (n: number) => Picture, deviation: number) => {
    const prints = Array.from({ length: pictures }, (_, n) => {
      const { pixels, ...size } = pictureAt(n);
      return printOf({ ...size, pixels: deviation > 0 ? noisy(pixels, n + 1, deviation) : pixels }) as Print;
    });
    const between = median(prints.slice(1).map((print, n) => differenceOf(print, prints[n] as Print)));
    const farthest = Math.max(...prints.slice(1).map((print) => differenceOf(print, prints[0] as Print)));
    return { between, ratio: farthest / between };
  };
  const atRest = [...clips].filter(([name]) =>
    ['A_again', 'G_frontal', 'empty_room'].some((one) => name.startsWith(one)),
  );
  const stills = atRest.flatMap(([, [picture]]) =>
    picture ? [1, 4, 20].map((deviation) => farther(180, () => picture, deviation).ratio) : [],
  );
  const people = [0, 4, 20].map((deviation) => {
    const ratios = [...clips.values()]
      .map((clip) => farther(Math.floor(clip.length / EXAM_STEP), (n) => clip[n * EXAM_STEP] as Picture, deviation))
      .filter(({ between }) => between <= 1)
      .map(({ ratio }) => ratio);
    return { noise: deviation, clipsThatHardlyMove: ratios.length, least: Math.min(...ratios) };
  });
  return { mostOfNoiseOverAStill: Math.max(...stills), people };
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
  return { judgeMs: median(judge), decodeMs: median(decode), ratio: median(judge) / median(decode) };
}

const edits: Record<string, unknown> = {};
for (const edit of Object.keys(EDITS) as Edit[]) edits[edit] = await looped(DURING_EXAM_MS, edit);
const report = {
  clips: clips.size,
  genuine: { checkIn: await genuine(AT_CHECK_IN_MS), exam: await genuine(DURING_EXAM_MS) },
  secondsUntilFoundDuringExam: edits,
  stillness: stillness(),
  cost: await costs(),
};
process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
