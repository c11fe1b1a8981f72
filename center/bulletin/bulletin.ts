import type {
  Bulletin,
  BulletinDeduction,
  BulletinRow,
  BulletinWeights,
  BulletinWish,
} from '../../contract/platform/bulletin.ts';
import { BULLETIN_READERS } from '../../contract/platform/jobs.ts';
import { instant } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { firmsToJoin, type PlaceWithin, placesWithin } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { figuresOf, type OneFirm, type Pile } from './figures.ts';
import { type Group, groupsOf, namesAbove } from './grouping.ts';
import { mustBePeriod, periodBefore } from './period.ts';
import { mustBeAccount } from './readers.ts';
import { addUp, ranksOf, ratesOf, scoreOf } from './score.ts';
import { readWeights } from './weights.ts';

/**
 * Who took part in a period, as far as whoever asks reaches. Firms count where they lie today: where they lay in another month is
 * kept by nobody.
 * @throws Refusal `bad-message` where it is no period, `organisation-unknown` where `below` names none within reach
 */
export async function readBulletin(
  actor: ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  { below, sector, grouping, from, to }: BulletinWish,
): Promise<Bulletin> {
  mustBeAccount(actor);
  const period = { from, to };
  mustBePeriod(period);
  const found = await placesWithin(actor, db, BULLETIN_READERS, {
    ...{ kinds: ['platform', 'county', 'street'], under: below },
  });
  const places = new Map(found.map((place) => [place.id as string, place]));
  const firms = await firmsToJoin(actor, db, BULLETIN_READERS, { under: below, sector });
  const { piles, lacking } = await figuresOf(db, firms, period, grouping === 'firm' ? [] : outermost(found));
  const weights = await readWeights(db);
  const above = namesAbove(places);
  const groups = groupsOf(piles, sector === undefined ? places : placesHolding(piles, places), grouping);
  return {
    ...{ period, before: periodBefore(period), grouping, weights },
    rows: ranked(groups, weights),
    total: rowOf({ id: null, kind: null, name: '', within: null, piles }, weights),
    deductions: lacking.map((firm) => deductionOf(firm, above(firm))),
    at: instant(now()),
  };
}

/** Every other lies below one of these. */
function outermost(places: readonly PlaceWithin[]): readonly string[] {
  const outer: string[] = [];
  // Those above come before those below.
  for (const { path } of places) if (!outer.some((above) => path.startsWith(above))) outer.push(path);
  return outer;
}

/** Of one sector a place without any of its firms says nothing. */
const placesHolding = (piles: readonly Pile[], places: ReadonlyMap<string, PlaceWithin>) =>
  new Map([...places].filter(([, { path }]) => piles.some((pile) => pile.path.startsWith(path))));

function rowOf({ piles, ...group }: Group, weights: BulletinWeights): BulletinRow {
  const now = addUp(piles.map(({ figures }) => figures.now));
  const before = addUp(piles.map(({ figures }) => figures.before));
  const rates = ratesOf(now);
  return {
    ...{ ...group, firms: sum(piles, 'firms'), ...now, ...rates },
    ...{ score: scoreOf(rates, weights), rank: null, before: { score: scoreOf(ratesOf(before), weights), rank: null } },
    deductions: sum(piles, 'lacking'),
  };
}

const sum = (piles: readonly Pile[], of: 'firms' | 'lacking'): number =>
  piles.reduce((total, pile) => total + pile[of], 0);

/** By rank; what has none comes last. */
function ranked(groups: readonly Group[], weights: BulletinWeights): readonly BulletinRow[] {
  const rows = groups.map((group) => rowOf(group, weights));
  const ranks = ranksOf(rows.map(({ score }) => score));
  const earlier = ranksOf(rows.map(({ before }) => before.score));
  return rows
    .map((row, at) => ({
      ...row,
      rank: ranks[at] ?? null,
      before: { score: row.before.score, rank: earlier[at] ?? null },
    }))
    .toSorted(
      (a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || ORDER.compare(a.name, b.name) || compareIds(a, b),
    );
}
const ORDER = new Intl.Collator('zh-CN');
const compareIds = (a: BulletinRow, b: BulletinRow): number => ((a.id ?? '') < (b.id ?? '') ? -1 : 1);

function deductionOf({ id, name, figures }: OneFirm, within: string | null): BulletinDeduction {
  const { toLearn, learned, toSit, sat } = figures.now;
  return { id, name, within, toLearn, learned, toSit, sat };
}
