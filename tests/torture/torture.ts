import type { Stage } from '../../contract/page/view.ts';
import type { FormItem } from '../../contract/words/form.ts';
import type { SittingId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type HeadlessPage, openPage } from './page.ts';
import { openPromises, type Promises } from './promises.ts';
import { openTortureSite, type TortureSite } from './site.ts';

export type TortureReport = {
  readonly kills: number;
  /** Kills while a sitting was under way, and how often it was there again afterwards, or whole in its record. */
  readonly interrupted: number;
  readonly resumed: number;
  /** Answers and hand-ins that were acknowledged and are not in the ledger. */
  readonly lost: number;
  readonly brokenLedgers: number;
  /** What went on when the station was killed. */
  readonly killedAt: Readonly<Record<string, number>>;
  readonly acknowledged: number;
  readonly sittings: number;
  readonly seconds: number;
};

type Plan = {
  readonly folder: string;
  /** At least so many; more where too few of them interrupted anybody. */
  readonly kills: number;
  /** So many kills while a sitting is under way, if that takes no more than ten times the kills. */
  readonly interruptions?: number;
  readonly seed: number;
  readonly onKill?: (done: number) => void;
};

/** Even enough to choose a moment by, and the same each time for the same seed. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    // Numerical Recipes' linear congruential generator.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Sits exams at a station that is killed at random, again and again, and holds it to what it acknowledged. */
export async function torture({ folder, kills, interruptions = 0, seed, onKill }: Plan): Promise<TortureReport> {
  const started = performance.now();
  await using site = await openTortureSite(folder);
  const random = numbersFrom(seed);
  const promises = openPromises();
  const killedAt: Record<string, number> = {};
  let [interrupted, resumed, lost, brokenLedgers, acknowledged] = [0, 0, 0, 0, 0];
  let under: SittingId | undefined;
  let station = await site.startStation();
  const sittings = new Set<SittingId>();
  let done = 0;
  const isEnough = (): boolean => done >= kills && (interrupted >= interruptions || done >= 10 * kills);
  for (; !isEnough(); done += 1) {
    const page = await openPage(station.ready.url);
    const candidate = sit(page, site, promises, random);
    // From the first moment of a start to well into an exam.
    await new Promise((resolve) => setTimeout(resolve, 20 + random(2_400)));
    await station.kill();
    await page.close();
    const seen = await candidate;
    acknowledged += seen.acknowledged;
    if (seen.sitting) sittings.add(seen.sitting);
    killedAt[seen.stage] = (killedAt[seen.stage] ?? 0) + 1;
    const found = promises.check(site.data);
    lost += found.lost + seen.missing;
    if (found.broken) brokenLedgers += 1;
    under = seen.sitting && UNDER_WAY.includes(seen.stage) ? seen.sitting : undefined;
    station = await site.startStation();
    const there = await isThereAgain(station.ready.url, under);
    if (under) interrupted += 1;
    // The power went after the hand-in was written and before anybody heard of it: then it is over, and whole.
    if (under && (there || promises.isRecorded(site.data, under))) resumed += 1;
    onKill?.(done + 1);
  }
  await station.stop();
  const seconds = Math.round((performance.now() - started) / 1000);
  return {
    kills: done,
    interrupted,
    resumed,
    lost,
    brokenLedgers,
    killedAt,
    acknowledged,
    sittings: sittings.size,
    seconds,
  };
}

const UNDER_WAY: readonly Stage['stage'][] = ['in-progress', 'paused'];

/** Whether the station shows the sitting that was under way, or, where it was just being handed in, its result. */
async function isThereAgain(url: string, sitting: SittingId | undefined): Promise<boolean> {
  const page = await openPage(url);
  try {
    const stage = await page.stage();
    return sitting === undefined || ('sittingId' in stage && stage.sittingId === sitting);
  } finally {
    await page.close();
  }
}

type Seen = {
  readonly stage: Stage['stage'];
  readonly sitting: SittingId | undefined;
  readonly acknowledged: number;
  readonly missing: number;
};

/** Does what a candidate and a proctor would do, as fast as it goes, until the station is gone. */
async function sit(page: HeadlessPage, site: TortureSite, promises: Promises, random: Random): Promise<Seen> {
  let stage: Stage = { stage: 'idle' };
  let [acknowledged, missing] = [0, 0];
  const answered = (): void => {
    acknowledged += 1;
  };
  try {
    for (;;) {
      stage = await page.stage();
      if (stage.stage === 'in-progress') missing += await work(page, stage.sittingId, promises, random, answered);
      else await stepOn(page, stage, site, random);
      stage = await page.stageAfter(stage.stage);
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.reason !== 'station-gone') throw new Error(`${stage.stage}: ${error.message}`);
    if (page.refused) throw new Error(`the page was refused: ${page.refused}`);
  }
  return { stage: stage.stage, sitting: 'sittingId' in stage ? stage.sittingId : undefined, acknowledged, missing };
}
type Random = (below: number) => number;

async function stepOn(page: HeadlessPage, stage: Stage, { pin, numbers }: TortureSite, random: Random): Promise<void> {
  const act = (kind: 'unlock' | 'resume') => page.act(pin, { kind });
  switch (stage.stage) {
    case 'idle':
      return void (await page.call('identify.typed', { number: numbers[random(numbers.length)] ?? '' }));
    case 'consenting':
      return void (await page.call('consent', { given: false, locale: 'zh' }));
    case 'refused':
      return page.act(pin, { kind: 'override', note: '姓名与证件一致', compared: ['photo', 'name'] });
    case 'awaiting-unlock':
      return act('unlock');
    case 'paused':
      return act('resume');
    case 'result':
      return void (await page.call('leave', {}));
    default:
      throw new Error(`nobody expected ${stage.stage}`);
  }
}

const AT_ONCE = 3;

/** Answers at random, several at a time, and hands in. @returns how much of what was acknowledged the form had lost */
async function work(
  page: HeadlessPage,
  sitting: SittingId,
  promises: Promises,
  random: Random,
  onAnswer: () => void,
): Promise<number> {
  const form = await page.call('form', {});
  const missing = promises.missingIn(form);
  const revisions = new Map(form.answers.map(({ itemId, revision }) => [itemId, revision]));
  const answerOne = async (): Promise<void> => {
    const { itemId, options } = form.items[random(form.items.length)] as FormItem;
    const chosen = [options[random(options.length)]?.id ?? ''].filter(
      (id) => id !== '',
    ) as FormItem['options'][number]['id'][];
    const revision = (revisions.get(itemId) ?? 0) + 1;
    revisions.set(itemId, revision);
    await page.call('answer', { itemId, chosen, revision });
    promises.answered(sitting, itemId, { chosen, revision });
    onAnswer();
  };
  const many = 20 + random(400);
  for (let sent = 0; sent < many; sent += AT_ONCE) await Promise.all(Array.from({ length: AT_ONCE }, answerOne));
  await page.call('hand-in', {});
  promises.handedIn(sitting);
  return missing;
}
