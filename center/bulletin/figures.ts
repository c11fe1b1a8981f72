import { z } from 'zod';
import type { BulletinPeriod } from '../../contract/platform/bulletin.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { type Queries, select } from '../database/index.ts';
import type { FirmsToJoin } from '../organisations/index.ts';
import { firmFigures } from './firm-figures.ts';
import { type Spans, spansOf } from './period.ts';
import type { Figures } from './score.ts';

type TwoPeriods = { readonly now: Figures; readonly before: Figures };

/** A firm by itself. */
export type OneFirm = {
  readonly path: string;
  readonly id: OrganisationId;
  readonly name: string;
  /** Whether nobody of it learned or nobody sat though somebody had to. */
  readonly lacks: boolean;
  readonly figures: TwoPeriods;
};

/** Firms of one sector that lie in one place, added up; or one firm by itself. */
export type Pile = {
  /** Of one of them: the place that it lies in is that of all. */
  readonly path: string;
  readonly firm: OneFirm | undefined;
  readonly sector: string | null;
  readonly firms: number;
  readonly lacking: number;
  readonly figures: TwoPeriods;
};

const Count = z.int();
/** In the order of `COLUMNS`. */
const Counts = z.tuple([Count, Count, Count, Count, Count, Count, Count, Count, Count, Count]);
const COLUMNS = ['', '_before'].flatMap((when) =>
  ['to_learn', 'learned', 'to_sit', 'sat', 'passed'].map((figure) => `${figure}${when}`),
);
const Listed = z.tuple([z.string(), OrganisationId, z.string(), z.boolean(), Counts]);
const Row = z.object({
  ...{ path: z.string(), sector: z.string().nullable(), isAlone: z.boolean(), firms: Count, lacking: Count },
  ...{ counts: Counts, listed: z.array(Listed) },
});
const sums = (columns: readonly string[]): string => `json_build_array(${columns})`;

/**
 * What is counted of firms in a period and in the one before: in one question, which goes through what is counted once, and adds up
 * what lies in one place where it is counted, so that a city of sixteen thousand firms comes as some hundred rows.
 * @param within places by whose rows they may be added up, as paths: a firm that lies in none of them stands by itself
 * @returns besides, each firm that lacks somebody
 */
export async function figuresOf(
  db: Queries,
  firms: FirmsToJoin,
  period: BulletinPeriod,
  within: readonly string[],
): Promise<{ readonly piles: readonly Pile[]; readonly lacking: readonly OneFirm[] }> {
  const { all, lists } = asLists(spansOf(period));
  const param = (at: number, type: string): string => `$${firms.params.length + at}::${type}[]`;
  const counted = firmFigures({
    ...{ all: param(1, 'text'), until: param(2, 'boolean'), during: param(3, 'boolean'), before: param(4, 'boolean') },
  });
  const rows = await select(
    db,
    Row,
    // What lies in one place stands alone or does not, all of it. An order of bytes is faster than one of letters.
    `SELECT min(path COLLATE "C") AS path, sector, alone AS "isAlone", count(*) AS firms, count(*) FILTER (WHERE lacks) AS lacking,
       ${sums(COLUMNS.map((name) => `sum(${name})`))} AS counts,
       coalesce(json_agg(json_build_array(path, id, name, lacks, ${sums(COLUMNS)})) FILTER (WHERE alone OR lacks), '[]') AS listed
     FROM (SELECT *, (to_learn > 0 AND learned <= 0) OR (to_sit > 0 AND sat <= 0) AS lacks
       FROM (SELECT f.id, f.parent_id, f.path, f.name, f.sector, NOT f.path ^@ ANY(${param(5, 'text')}) AS alone,
           ${COLUMNS.map((name) => `coalesce(c.${name}, 0) AS ${name}`)}
         FROM (${firms.sql}) f LEFT JOIN ${counted} c ON c.tenant_id = f.tenant_id) figures) firms
     GROUP BY parent_id, sector, alone`,
    [...firms.params, all, ...lists, within],
  );
  const ones = rows.map(({ listed }) => listed.map(firmOf));
  return {
    piles: rows.flatMap((row, at) => (row.isAlone ? alone(ones[at] ?? [], row.sector) : [pileOf(row)])),
    lacking: ones
      .flat()
      .filter(({ lacks }) => lacks)
      .toSorted(byPlace),
  };
}

/** All spans, and of each list of them whether each of all is in it. */
function asLists(spans: Spans) {
  const all = [...new Set(Object.values(spans).flat())];
  const lists = [spans.until, spans.during, spans.before].map((some) => all.map((span) => some.includes(span)));
  return { all, lists };
}

const pileOf = ({ path, sector, firms, lacking, counts }: z.infer<typeof Row>): Pile => ({
  ...{ path, firm: undefined, sector, firms, lacking, figures: figuresIn(counts) },
});

const alone = (firms: readonly OneFirm[], sector: string | null): readonly Pile[] =>
  firms.map((firm) => {
    const { path, lacks, figures } = firm;
    return { path, firm, sector, firms: 1, lacking: lacks ? 1 : 0, figures };
  });

const firmOf = ([path, id, name, lacks, counts]: z.infer<typeof Listed>): OneFirm => ({
  ...{ path, id, name, lacks, figures: figuresIn(counts) },
});

const figuresIn = (counts: z.infer<typeof Counts>): TwoPeriods => {
  const [toLearn, learned, toSit, sat, passed, toLearnBefore, learnedBefore, toSitBefore, satBefore, passedBefore] =
    counts;
  return {
    now: { toLearn, learned, toSit, sat, passed },
    before: {
      ...{ toLearn: toLearnBefore, learned: learnedBefore, toSit: toSitBefore },
      ...{ sat: satBefore, passed: passedBefore },
    },
  };
};

const NAMES = new Intl.Collator('zh-CN');
const byPlace = (a: OneFirm, b: OneFirm): number =>
  a.path.length - b.path.length || NAMES.compare(a.name, b.name) || (a.path < b.path ? -1 : 1);
