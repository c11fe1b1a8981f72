import { z } from 'zod';
import type { CommandReply, CommandWish } from '../../contract/people-center/operator-api.ts';
import { type CandidateId, CommandId, instant, type StationId, type TenantId } from '../../contract/words/ids.ts';
import { CommandOutcome, type StationCommand } from '../../contract/words/proctoring.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Deed, noteDone } from '../audit/index.ts';
import { type Center, makeId } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import { idOfNumberEver } from '../people/index.ts';
import { usableStations } from '../stations/index.ts';
import { type ActingStation, mustManage, type Operator } from '../tenants/index.ts';
import { openDeciding } from './deciding.ts';

/** By number, as people say who is meant, or by id, as pages know. */
type Wish = CommandWish & { readonly candidateId?: CandidateId | undefined };

/**
 * Signs what a proctor wants done, once for each station it is meant for. Whoever left the roster while they sit is meant as well.
 * @throws Refusal `station-unknown`, `no-exam`, `not-on-roster`, `pin-short`, `proctor-unknown`, `pin-wrong`; TryLater
 */
export async function giveCommand(
  actor: Operator,
  center: Center,
  tenantId: TenantId,
  wish: Wish,
): Promise<CommandReply> {
  mustManage(actor, tenantId);
  const { db, signer, now } = center;
  const { stationId, seconds, examId, number, action } = wish;
  const stations = (await usableStations(actor, center, tenantId, 'sittings')).filter(
    ({ id }) => !stationId || id === stationId,
  );
  if (stations.length === 0) throw new Refusal('station-unknown', stationId ?? 'there is no station');
  const deciding = await openDeciding(actor, center, tenantId, examId);
  const candidateId = number === undefined ? wish.candidateId : await idOfNumberEver(actor, db, tenantId, number);
  if (number !== undefined && !candidateId) throw new Refusal('not-on-roster');
  const by = await deciding(wish);
  const second =
    wish.secondPin === undefined ? undefined : await deciding({ proctor: wish.secondProctor, pin: wish.secondPin });
  const issued = now();
  const expires = new Date(issued.getTime() + seconds * 1_000);
  const commands = stations.map(({ id: station, name }) => {
    const id = CommandId.parse(makeId('cm'));
    const times = { issuedAt: instant(issued), expiresAt: instant(expires) };
    const who = { by, ...(second ? { second } : {}), ...(candidateId ? { candidateId } : {}) };
    const command: StationCommand = { id, stationId: station, tenantId, examId, ...who, action, ...times };
    return { id, stationId: station, station: name, jws: signer.sign('exam-station/command', command) };
  });
  await db.transaction(async (tx) => {
    for (const { id, stationId: station, jws } of commands) {
      await tx.query(
        'INSERT INTO commands (tenant_id, id, station_id, jws, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)',
        [tenantId, id, station, jws, issued.toISOString(), expires.toISOString()],
      );
      await noteDone(actor, tx, { tenantId, what: 'command-given', subject: { kind: 'command', id } });
    }
  });
  return { commands: commands.map(({ jws: _, ...told }) => told) };
}

/** Commands that this station has not answered and may still obey, oldest first. */
export async function commandsFor({ tenantId, id }: ActingStation, { db, now }: Center): Promise<readonly string[]> {
  const rows = await select(
    db,
    z.object({ jws: z.string() }),
    `SELECT jws FROM commands WHERE tenant_id = $1 AND station_id = $2 AND outcome IS NULL AND expires_at > $3
     ORDER BY issued_at, id`,
    [tenantId, id, now().toISOString()],
  );
  return rows.map(({ jws }) => jws);
}

/** A revoked station obeys nothing more. */
export async function endCommandsFor(tx: Queries, station: StationId): Promise<readonly Deed[]> {
  const outcome: CommandOutcome = 'station-revoked';
  await tx.query('UPDATE commands SET outcome = $2 WHERE station_id = $1 AND outcome IS NULL', [station, outcome]);
  return [];
}

/** The first answer stands. */
export async function settleCommand(
  { tenantId, id: station }: ActingStation,
  db: Queries,
  id: CommandId,
  outcome: CommandOutcome,
): Promise<void> {
  await db.query(
    'UPDATE commands SET outcome = coalesce(outcome, $4) WHERE tenant_id = $1 AND station_id = $2 AND id = $3',
    [tenantId, station, id, outcome],
  );
}

/** @throws Refusal `method-unknown` where this tenant gave no such command */
export async function outcomeOf(
  actor: Operator,
  db: Queries,
  tenantId: TenantId,
  id: CommandId,
): Promise<CommandOutcome | null> {
  mustManage(actor, tenantId);
  const shape = z.object({ outcome: CommandOutcome.nullable() });
  const row = await selectOne(db, shape, 'SELECT outcome FROM commands WHERE tenant_id = $1 AND id = $2', [
    tenantId,
    id,
  ]);
  if (!row) throw new Refusal('method-unknown', 'there is no such command');
  return row.outcome;
}
