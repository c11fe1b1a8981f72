import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { batchOf, enrolStation, openTestCenter, recordOf } from '../../center/testing/index.ts';
import { lookAt } from '../../cli/witness/look.ts';
import { makeWitness, openWitness } from '../../cli/witness/witness-folder.ts';
import { LogIdentity, logPaths } from '../../contract/log/log-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { type Hash, leafHash, nodesOnAppend } from '../../proof/index.ts';
import { readNoteKey } from '../../proof/transparency/index.ts';
import { openLogClient, openLogWatch } from '../../station/center-link/index.ts';
import { systemClock } from '../../station/core/clock/index.ts';
import { openDatabase } from '../../station/core/database/index.ts';
import { openCenterTime } from '../../station/keep/center-time/index.ts';
import { openLogHeads } from '../../station/keep/log-heads/index.ts';
import { openOutbox } from '../../station/keep/outbox/index.ts';

/** A center whose log a station and a witness watch, and whoever operates it, who has its key and its database. */
export async function openLogScene() {
  const open = await openTestCenter({ seed: 'none' });
  await open.app.listen({ port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${(open.app.server.address() as AddressInfo).port}`;
  const station = await enrolStation(open.app, open.secrets.enrolmentCode);
  const first = await batchOf(station, [recordOf(station), recordOf(station)]);
  await station.call('POST', paths.batches, first);

  const database = openDatabase(':memory:');
  const clock = systemClock();
  const heads = openLogHeads(database, clock);
  const look = openLogWatch({
    ...{ heads, outbox: openOutbox(database, clock) },
    identity: { enrolment: station, certificates: [station.certificate] },
    ...{ ledger: { append: () => [] }, onChange: () => undefined, grants: { jwsOf: () => undefined } },
    centerTime: openCenterTime(database),
    client: openLogClient(url, () => station.centerKey),
    log: pino({ level: 'silent' }),
  });
  const dir = await mkdtemp(join(tmpdir(), 'witness-'));
  makeWitness(dir, 'witness.example/1');
  const witness = openWitness(dir);
  const key = readNoteKey(LogIdentity.parse(await (await fetch(new URL(logPaths.about, url))).json()).key);
  if (!key) throw new Error('the log has no key');
  const { db } = open.center;
  return {
    open,
    url,
    station,
    heads,
    witness,
    key,
    /** What the station finds, looking now. */
    async stationFinds() {
      await look();
      return heads.contradictions().map(({ why }) => why);
    },
    witnessFinds: async () => (await lookAt(witness, { url, key, post: false })).found,
    async leaves(): Promise<readonly Hash[]> {
      const rows = await db.query('SELECT hash FROM log_nodes WHERE level = 0 ORDER BY index');
      return rows.map(({ hash }) => hash as Uint8Array);
    },
    /** Makes another log of the one that is there. */
    async rewrite(leaves: readonly Hash[]): Promise<void> {
      const nodes = new Map<string, Hash>();
      await db.query('DELETE FROM log_nodes');
      for (const [at, leaf] of leaves.entries())
        for (const { level, index, hash } of await nodesOnAppend(
          at,
          leaf,
          async (l, i) => nodes.get(`${l}/${i}`) as Hash,
        )) {
          nodes.set(`${level}/${index}`, hash);
          await db.query('INSERT INTO log_nodes (level, index, hash) VALUES ($1, $2, $3)', [level, index, hash]);
        }
      await db.query('UPDATE center SET log_size = $1', [leaves.length]);
    },
    async close(): Promise<void> {
      witness[Symbol.dispose]();
      database.close();
      await open.close();
      await rm(dir, { recursive: true });
    },
  };
}
export type LogScene = Awaited<ReturnType<typeof openLogScene>>;

export const FORGED = leafHash('a result that nobody sat');
