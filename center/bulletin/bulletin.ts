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
import { type PlaceWithin, placesWithin } from '../organisations/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { figuresOf } from './figures.ts';
import { type FirmFigures, type Group, groupsOf, withFigures, withinOf } from './grouping.ts';
import { mustBePeriod, periodBefore } from './period.ts';
import { mustBeAccount } from './readers.ts';
import { addUp, lacksOf, ranksOf, ratesOf, scoreOf } from './score.ts';
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
    ...{ kinds: ['platform', 'county', 'street', 'firm'], under: below },
  });
  const places = new Map(found.filter(({ kind }) => kind !== 'firm').map((place) => [place.id as string, place]));
  const chosen = found.filter((one) => one.kind === 'firm' && (sector === undefined || (one.sector ?? '') === sector));
  const tenantIds = chosen.flatMap(({ tenantId }) => tenantId ?? []);
  const figures = await figuresOf(db, tenantIds, period);
  const firms = chosen.map((firm) => withFigures(firm, figures));
  const weights = await readWeights(db);
  const groups = groupsOf(firms, sector === undefined ? places : placesHolding(firms, places), grouping);
  return {
    ...{ period, before: periodBefore(period), grouping, weights },
    rows: ranked(groups, weights),
    total: rowOf({ id: null, kind: null, name: '', within: null, firms }, weights),
    deductions: deductionsOf(firms, places),
    at: instant(now()),
  };
}

/** Of one sector a place without any of its firms says nothing. */
const placesHolding = (firms: readonly FirmFigures[], places: ReadonlyMap<string, PlaceWithin>) =>
  new Map([...places].filter(([, { path }]) => firms.some((firm) => firm.path.startsWith(path))));

function rowOf({ firms, ...group }: Group, weights: BulletinWeights): BulletinRow {
  const now = addUp(firms.map(({ figures }) => figures.now));
  const before = addUp(firms.map(({ figures }) => figures.before));
  const rates = ratesOf(now);
  return {
    ...{ ...group, firms: firms.length, ...now, ...rates },
    ...{ score: scoreOf(rates, weights), rank: null, before: { score: scoreOf(ratesOf(before), weights), rank: null } },
    deductions: firms.filter(isDeducted).length,
  };
}

function isDeducted({ figures }: FirmFigures): boolean {
  const { nobodyLearned, nobodySat } = lacksOf(figures.now);
  return nobodyLearned || nobodySat;
}

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

const deductionsOf = (
  firms: readonly FirmFigures[],
  places: ReadonlyMap<string, PlaceWithin>,
): readonly BulletinDeduction[] =>
  firms.filter(isDeducted).map((firm) => {
    const { toLearn, learned, toSit, sat } = firm.figures.now;
    return { id: firm.id, name: firm.name, within: withinOf(firm, places), toLearn, learned, toSit, sat };
  });
