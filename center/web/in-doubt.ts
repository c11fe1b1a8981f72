import { instant, type TenantId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { examTitles } from '../exams/index.ts';
import { listBeginnings, listStrayMoves } from '../moves/index.ts';
import { candidatesByIds } from '../people/index.ts';
import { listDisputes, listRivals, readDoubts } from '../results/index.ts';
import { stationNames } from '../stations/index.ts';
import type { Visitor } from '../tenants/index.ts';
import type { DisputesView } from './disputes-part.ts';

/** As many as anybody looks through on a page; the other disputes come up as these are settled. */
const MOST = 100;
/**
 * Nobody decides on what stations signed beside their chains and said of exams of others: it stands here for so long, and stays
 * in the list of the command line.
 */
const SHOWN_MS = 30 * 86_400_000;

/** What is to be looked into, with names. */
export async function inDoubtOf(
  visitor: Visitor,
  db: Center['db'],
  tenantId: TenantId,
  now: Date,
): Promise<Omit<DisputesView, 'locale' | 'times'>> {
  const disputes = await listDisputes(visitor, db, tenantId, { which: 'open', most: MOST });
  const since = instant(new Date(now.getTime() - SHOWN_MS));
  const rivals = (await listRivals(visitor, db, tenantId)).filter(({ receivedAt }) => receivedAt > since);
  const strays = (await listStrayMoves(visitor, db, tenantId)).filter(({ saidAt }) => saidAt > since);
  const begun = (await listBeginnings(visitor, db, tenantId)).filter(
    ({ against, askedAt }) => against !== null && askedAt > since,
  );
  const said = [...disputes, ...rivals, ...strays, ...begun].map(({ stationId }) => stationId);
  const stations = await stationNames(visitor, db, tenantId, said);
  const named = <T extends { readonly stationId: (typeof said)[number] }>(one: T) => ({
    ...one,
    station: stations.get(one.stationId) ?? one.stationId,
  });
  const titles = await examTitles(visitor, db, tenantId);
  const people = await candidatesByIds(
    visitor,
    db,
    tenantId,
    [...disputes, ...begun].map(({ candidateId }) => candidateId),
  );
  return {
    doubts: await readDoubts(visitor, db, tenantId),
    disputes: disputes.map((one) => ({
      ...named(one),
      name: people.get(one.candidateId)?.name ?? null,
      title: titles.get(one.examId),
    })),
    rivals: rivals.slice(0, MOST).map(named),
    strays: strays.slice(0, MOST).map(named),
    begun: begun.slice(0, MOST).map((one) => ({ ...named(one), name: people.get(one.candidateId)?.name ?? null })),
  };
}
