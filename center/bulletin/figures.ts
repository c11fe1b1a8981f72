import { z } from 'zod';
import type { BulletinPeriod } from '../../contract/platform/bulletin.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import { toLearnSums } from '../learning/index.ts';
import type { FirmsToJoin } from '../organisations/index.ts';
import { toSitSums } from '../people/index.ts';
import { learnedSums, satSums } from '../results/index.ts';
import { periodBefore, spansOf } from './period.ts';
import type { Figures } from './score.ts';

export type TwoPeriods = { readonly now: Figures; readonly before: Figures };

/** Firms of one sector that lie in one place, added up; or one firm by itself. */
export type Pile = {
  /** Of the place that they lie in; of one firm, its own. */
  readonly path: string;
  readonly firm: { readonly id: OrganisationId; readonly name: string } | undefined;
  readonly sector: string | null;
  readonly firms: number;
  /** Of them, those of which nobody learned or nobody sat though somebody had to. */
  readonly lacking: number;
  readonly figures: TwoPeriods;
};

const Row = z.object({
  ...{ part: z.enum(['pile', 'lacking']), path: z.string(), sector: z.string().nullable() },
  ...{ id: OrganisationId.nullable(), name: z.string().nullable(), firms: z.int(), lacking: z.int() },
  ...{ toLearn: z.int(), learned: z.int(), toSit: z.int(), sat: z.int(), passed: z.int() },
  ...{
    toLearnBefore: z.int(),
    learnedBefore: z.int(),
    toSitBefore: z.int(),
    satBefore: z.int(),
    passedBefore: z.int(),
  },
});

const FIGURES = ['toLearn', 'learned', 'toSit', 'sat', 'passed'] as const;
const ALL = FIGURES.flatMap((name) => [name, `${name}Before`]).map((name) => `"${name}"`);
/** Nobody of a firm learned, or nobody sat, though somebody had to. */
const LACKS = `(("toLearn" > 0 AND learned <= 0) OR ("toSit" > 0 AND sat <= 0))`;

/**
 * What is counted of firms in a period and in the one before: in one question, which adds up what lies in one place where it is
 * counted, so that a city of sixteen thousand firms comes as some hundred rows.
 * @param within places by whose rows they may be added up, as paths: a firm that lies in none of them stands by itself
 * @returns besides, each firm that lacks somebody
 */
export async function figuresOf(
  db: Queries,
  firms: FirmsToJoin,
  period: BulletinPeriod,
  within: readonly string[],
): Promise<{ readonly piles: readonly Pile[]; readonly lacking: readonly Pile[] }> {
  const earlier = periodBefore(period);
  const [now, before] = [spansOf(period), spansOf(earlier)];
  const first = firms.params.length + 1;
  const text = (at: number): string => `$${first + at}::text`;
  const [ends, spans] = [
    { now: text(0), before: text(1) },
    { now: `${text(2)}[]`, before: `${text(3)}[]` },
  ];
  const found = await select(
    db,
    Row,
    `WITH figures AS MATERIALIZED (
       SELECT f.id, f.path, f.name, f.sector, f.lies, NOT f.lies ^@ ANY(${text(4)}[]) AS alone,
         ${['toLearn', 'learned', 'toSit'].map((name, at) => countOf(`c${at}`, name)).join(', ')},
         coalesce(s.sat, 0)::int AS sat, coalesce(s.passed, 0)::int AS passed,
         coalesce(s.sat_before, 0)::int AS "satBefore", coalesce(s.passed_before, 0)::int AS "passedBefore"
       FROM (SELECT *, left(path, -length(id) - 1) AS lies FROM (${firms.sql}) firms) f
         ${[toLearnSums, learnedSums, toSitSums].map((sums, at) => `LEFT JOIN ${sums(ends)} c${at} ON c${at}.tenant_id = f.tenant_id`).join(' ')}
         LEFT JOIN ${satSums(spans)} s ON s.tenant_id = f.tenant_id)
     SELECT 'pile' AS part, CASE WHEN alone THEN path ELSE lies END AS path, sector,
       CASE WHEN alone THEN min(id) END AS id, CASE WHEN alone THEN min(name) END AS name,
       count(*) AS firms, count(*) FILTER (WHERE ${LACKS}) AS lacking,
       ${ALL.map((name) => `sum(${name}) AS ${name}`).join(', ')}
     FROM figures GROUP BY 2, 3, alone
     UNION ALL
     SELECT 'lacking', path, sector, id, name, 1, 1, ${ALL.join(', ')} FROM figures WHERE ${LACKS}`,
    [
      ...[...firms.params, period.to, earlier.to, [...now.quarters, ...now.months]],
      ...[[...before.quarters, ...before.months], within],
    ],
  );
  const { pile = [], lacking = [] } = Object.groupBy(found, ({ part }) => part);
  return { piles: pile.map(pileOf), lacking: lacking.map(pileOf).toSorted(byPlace) };
}

const countOf = (sums: string, name: string): string =>
  `coalesce(${sums}.now, 0)::int AS "${name}", coalesce(${sums}.before, 0)::int AS "${name}Before"`;

function pileOf({ path, sector, firms, lacking, id, name, ...row }: z.infer<typeof Row>): Pile {
  const { toLearnBefore, learnedBefore, toSitBefore, satBefore, passedBefore, part: _, ...now } = row;
  const before = {
    ...{ toLearn: toLearnBefore, learned: learnedBefore, toSit: toSitBefore },
    ...{ sat: satBefore, passed: passedBefore },
  };
  const firm = id === null ? undefined : { id, name: name ?? '' };
  return { path, firm, sector, firms, lacking, figures: { now, before } };
}

const byPlace = (a: Pile, b: Pile): number =>
  a.path.length - b.path.length ||
  (a.firm?.name ?? '').localeCompare(b.firm?.name ?? '', 'zh-CN') ||
  (a.path < b.path ? -1 : 1);
