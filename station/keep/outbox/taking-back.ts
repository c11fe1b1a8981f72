import type { Receipt } from '../../../contract/records/batches.ts';
import { type Instant, instant, type Sha256 } from '../../../contract/words/ids.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Database } from '../../core/database/index.ts';
import type { Outbox, Refused } from './outbox.ts';
import { toBatch } from './sealing.ts';
import type { BatchRow, Tables } from './tables.ts';

/** What the center will not log as it is. Each of these is one transaction: a power cut leaves the state before it or after. */
export function openTakingBack(
  database: Database,
  tables: Tables,
  clock: Clock,
): Pick<Outbox, 'refuse' | 'takeBack' | 'replacedBy' | 'reinstate' | 'setAside' | 'resend'> {
  const { records, batches, withdrawn, aside } = tables;
  const refuse = database.transaction((id: Sha256, why: Refused, againMs: number) =>
    takeBack(tables, id, clock.wall(), { why, againMs }),
  );
  const again = database.transaction((id: Sha256) => takeBack(tables, id, clock.wall()));
  const reinstate = database.transaction((row: BatchRow, receipt: Receipt) => {
    const inItsPlace = batches.waiting().find(({ number }) => number === row.number);
    if (inItsPlace) takeBack(tables, inItsPlace.id, clock.wall());
    batches.add(row.number, row.header);
    for (const { position } of withdrawn.recordsOf(row.id)) records.putInto(row.number, position);
    withdrawn.remove(row.id);
    batches.settle(row.id, JSON.stringify(receipt), clock.wall());
    aside.done(row.number);
  });
  return {
    refuse: (batch, why, againMs) => refuse.immediate(batch.id, why, againMs),
    takeBack: (batch) => again.immediate(batch.id),
    replacedBy(batch) {
      const row = batches.waiting().find(({ id }) => id === batch.id);
      return row ? withdrawn.numbered(row.number).map((one) => toBatch(one, withdrawn.recordsOf(one.id))) : [];
    },
    reinstate(batch, receipt) {
      const row = withdrawn.get(batch.id);
      if (row) reinstate.immediate(row, receipt);
    },
    setAside: aside.list,
    resend() {
      aside.hurry();
      return aside.list();
    },
  };
}

type Refusing = { readonly why: Refused; readonly againMs: number };

/** Batches after it name it in their headers: they go back with it, and their records are signed anew. */
function takeBack(tables: Tables, id: Sha256, now: Instant, refusing?: Refusing): void {
  const { records, batches, withdrawn } = tables;
  const waiting = batches.waiting();
  const from = waiting.find((row) => row.id === id);
  if (!from) return;
  const atMost = refusing && part(tables, from, now, refusing);
  for (const row of waiting.toReversed()) {
    if (row.number < from.number) continue;
    const first = row.number === from.number;
    withdrawn.add(row, first ? refusing?.why.reason : undefined, now);
    records.loosen(row.number, first ? atMost : undefined);
    batches.remove(row.number);
  }
}

/** Half of it goes next; who is alone already is set aside. @returns how many may be together from now on */
function part({ records, aside }: Tables, { number }: BatchRow, now: Instant, { why, againMs }: Refusing): number {
  const [first, ...others] = records.ofBatch(number);
  if (first && others.length === 0) {
    const againAt = instant(new Date(Date.parse(now) + againMs));
    aside.put({ record: first.position, reason: why.reason, detail: why.detail ?? null, now, againAt });
  }
  return Math.ceil((others.length + 1) / 2);
}
