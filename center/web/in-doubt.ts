import type { TenantId } from '../../contract/words/ids.ts';
import type { Center } from '../base/index.ts';
import { examTitles } from '../exams/index.ts';
import { listStrayMoves } from '../moves/index.ts';
import { candidatesByIds } from '../people/index.ts';
import { listDisputes, listRivals, readDoubts } from '../results/index.ts';
import { stationNames } from '../stations/index.ts';
import type { Visitor } from '../tenants/index.ts';
import type { DisputesView } from './disputes-part.ts';

/** As many as anybody looks through on a page; the rest comes up as these are settled. */
const MOST = 100;

/** What is to be looked into, with names. */
export async function inDoubtOf(
  visitor: Visitor,
  db: Center['db'],
  tenantId: TenantId,
): Promise<Omit<DisputesView, 'locale' | 'times'>> {
  const disputes = await listDisputes(visitor, db, tenantId, { which: 'open', most: MOST });
  const rivals = await listRivals(visitor, db, tenantId);
  const strays = await listStrayMoves(visitor, db, tenantId);
  const said = [...disputes, ...rivals, ...strays].map(({ stationId }) => stationId);
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
    disputes.map(({ candidateId }) => candidateId),
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
  };
}
