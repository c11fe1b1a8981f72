import { expect, it, onTestFinished, vi } from 'vitest';
import { listDisputes, readDoubts } from '../../center/results/index.ts';
import { openCenter } from '../../center/run/index.ts';
import type { TenantId } from '../../contract/words/ids.ts';
import { openCenterClient } from '../../station/center-link/index.ts';
import { copyOf, copyOfCenter, facts, itsClock, openKept } from './kept.ts';

const TENANT = 'tn_demo' as TenantId;
const operator = { kind: 'operator', tenantId: TENANT } as const;

it('records that an earlier program logged, or a station of then sends now, are judged and not disputed', async () => {
  const clock = itsClock();
  const { app, center, close } = await openCenter({ data: copyOfCenter(), now: () => new Date(clock.wall()) });
  onTestFinished(close);
  const judged = async () =>
    (await center.db.query('SELECT sitting_id FROM judgements ORDER BY log_index')).map((row) => row.sitting_id);
  await vi.waitFor(async () => expect(await judged()).toEqual([facts.sent.id]), { timeout: 30_000 });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const station = openKept(copyOf('station'));
  const [batch] = station.outbox.waiting();
  if (!batch) throw new Error('no batch waits');
  await openCenterClient(url, station.identity, station.clock).send(batch);
  expect(await judged()).toEqual([facts.sent.id, facts.overridden.id]);
  expect(await listDisputes(operator, center.db, TENANT, { which: 'all', most: 10 })).toEqual([]);
  expect(await readDoubts(operator, center.db, TENANT)).toEqual({ disputed: 0, unjudged: 0, voided: 0 });
});
