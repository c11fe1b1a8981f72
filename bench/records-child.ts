import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newCode, openTestCenter } from '../center/testing/index.ts';
import { recordOf } from '../proof/proof.fixture.ts';
import { openCenterClient } from '../station/center-link/index.ts';
import { systemClock } from '../station/core/clock/index.ts';
import { openDatabase } from '../station/core/database/index.ts';
import { openVault } from '../station/core/vault/index.ts';
import { openIdentity } from '../station/keep/identity/index.ts';
import { openOutbox } from '../station/keep/outbox/index.ts';
import * as counted from './counted-canonicalize.ts';

/** Argument: how many records. Prints what they cost from the outbox to the center's receipt, as JSON. */
const count = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'exam-bench-records-'));
const center = await openTestCenter();
try {
  const url = await center.app.listen({ host: '127.0.0.1', port: 0 });
  const database = openDatabase(join(folder, 'station.db'));
  const identity = openIdentity(database, openVault(randomBytes(32)));
  const clock = systemClock();
  const client = openCenterClient(url, identity, clock);
  const code = await newCode(center.app, center.secrets.operatorToken);
  const enrolment = await client.enrol({ code, name: '一号考站' });
  identity.saveEnrolment(enrolment);
  const outbox = openOutbox(database, clock);
  const { stationId, tenantId } = enrolment;
  const answers = Array.from({ length: 100 }, (_, n) => ({ itemId: `it_${n}`, chosen: ['op_1'], marks: 1 }));
  const records = Array.from({ length: count }, (_, n) => recordOf(n, { stationId, tenantId, answers }));

  const step = async (work: () => Promise<void> | void) => {
    const [before, started] = [counted.records, performance.now()];
    await work();
    return { perRecord: (counted.records - before) / count, msPerRecord: (performance.now() - started) / count };
  };
  const kept = await step(() => {
    for (const record of records) outbox.add(record);
  });
  const sealed = await step(() => outbox.seal(stationId, identity.signer));
  const logged = await step(async () => {
    for (const batch of outbox.waiting()) outbox.settle(batch, await client.send(batch));
  });
  const left = outbox.waitingRecords;
  database.close();
  process.stdout.write(JSON.stringify({ records: count, left, kept, sealed, logged }));
} finally {
  await center.close();
  rmSync(folder, { recursive: true });
}
