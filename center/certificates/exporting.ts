import type { z } from 'zod';
import { CertificatesExport, type Job } from '../../contract/platform/jobs.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { platformTranslator } from '../../messages/platform/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select } from '../database/index.ts';
import { type Cell, exportAgain, type JobKind, orderExport, TABLE_TYPES, writeTable } from '../jobs/index.ts';
import { type OrganisationPlace, placesOf, tenantsWithin } from '../organisations/index.ts';
import type { ActingAccount, System } from '../tenants/index.ts';
import { Row, read, type StoredCertificate, standingOf } from './reading.ts';
import { Found, foundBy, foundOf } from './search.ts';
import { type Behind, withinQuery } from './within-query.ts';

/** So many are read at once: few enough that others who ask come in between. */
const PAGE = 1_000;

/**
 * Asks for a list of the certificates of an organisation and all below it, or of those that a search finds.
 * @throws Refusal `organisation-unknown`, `unauthorised`
 */
export function exportCertificates(
  actor: ActingAccount,
  center: Pick<Center, 'db' | 'now'>,
  wish: CertificatesExport,
): Promise<Job> {
  const { organisationId, q, ...rest } = wish;
  const list = `certificates of ${organisationId}`;
  // Whose number was typed is found out now: an order that waits holds nobody's.
  const asked = async ({ path }: OrganisationPlace, tx: Queries): Promise<Ordered> => {
    const firms = q ? await tenantsWithin(tx, path, rest.firm) : [];
    const tenantIds = firms.map(({ tenantId }) => tenantId);
    return { organisationId, ...rest, ...(q ? { found: await foundBy(tx, tenantIds, q) } : {}) };
  };
  return orderExport(actor, center, { kind: 'certificates-export', organisationId, asked, list });
}

/** An order as it is kept until it is made. */
const Ordered = CertificatesExport.omit({ q: true }).extend({ found: Found.optional() });
type Ordered = Readonly<z.infer<typeof Ordered>>;

/** How such a list is made, by the program itself: whoever may not have it any more does not get the file. */
export const certificatesExport = (_actor: System, { db, now }: Pick<Center, 'db' | 'now'>): JobKind => ({
  atOnce: 1,
  again: exportAgain,
  async run({ asked, signal, draft, tell }) {
    const wish = Ordered.parse(asked);
    const place = (await placesOf(db, [wish.organisationId])).get(wish.organisationId);
    if (!place) throw new Refusal('organisation-unknown');
    const firms = await tenantsWithin(db, place.path, wish.firm);
    const at = now();
    const t = platformTranslator(wish.language);
    const headings = COLUMNS.map((column) => t(`export.${column}`));
    await writeTable(draft, wish.as, { headings, pages: pagesOf({ db, wish, firms, at, signal, tell }) });
    return { name: `certificates-${at.toISOString().slice(0, 10)}.${wish.as}`, type: TABLE_TYPES[wish.as] };
  },
});

type Making = Pick<Center, 'db'> & {
  readonly wish: Ordered;
  readonly firms: readonly { readonly tenantId: TenantId; readonly name: string }[];
  readonly at: Date;
  readonly signal: AbortSignal;
  readonly tell: (progress: number) => void;
};

/** Firm after firm, the newest first, or those that end soonest. */
async function* pagesOf({ db, wish, firms, at, signal, tell }: Making): AsyncGenerator<readonly (readonly Cell[])[]> {
  for (const [nth, { tenantId, name }] of firms.entries()) {
    const found = foundOf(wish.found ?? {}, tenantId);
    let after: Behind | undefined;
    while (found) {
      signal.throwIfAborted();
      const { sql, params } = withinQuery({
        tenantIds: [tenantId],
        wish: { ...wish, size: PAGE },
        found,
        after,
        now: at,
      });
      const rows = (await select(db, Row, sql, params)).map(read);
      const page = rows.slice(0, PAGE);
      if (page.length > 0) yield page.map((one) => cellsOf(one, name, wish, at));
      after = rows.length > PAGE ? behind(page.at(-1), wish) : undefined;
      if (!after) break;
    }
    tell(Math.min(0.99, (nth + 1) / firms.length));
  }
}

const behind = (last: StoredCertificate | undefined, { within }: Ordered): Behind | undefined =>
  last && { expiry: within === undefined ? null : last.facts.expiresAt, place: last.facts.place };

const COLUMNS = [
  ...(['firm', 'certificate', 'name', 'ending', 'exam'] as const),
  ...(['passed-at', 'issued-at', 'expires-at', 'standing', 'log-index'] as const),
] as const;

function cellsOf(one: StoredCertificate, firm: string, { language }: Ordered, at: Date): readonly Cell[] {
  const { number, name, ending, title, passedAt, issuedAt, expiresAt, logIndex } = one.facts;
  const t = platformTranslator(language);
  return [
    ...[firm, number, name, ending, inLocale(title, language)],
    ...[passedAt, issuedAt, expiresAt ?? t('certificates.never'), t(`standing.${standingOf(one, at)}`), logIndex],
  ];
}
