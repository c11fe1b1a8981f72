import { createHmac } from 'node:crypto';
import { request } from 'node:https';
import { z } from 'zod';
import { DeliveryId } from '../../contract/words/ids.ts';
import { type Center, traceparentNow } from '../base/index.ts';
import { type Database, selectOne } from '../database/index.ts';
import type { JobKind } from '../jobs/index.ts';
import { addressOf } from './addresses.ts';
import { DELIVERY, DeliveryRow, HOOK, HookRow } from './rows.ts';

/** As Standard Webhooks has it: seconds until it is tried again, a day and a half in all. */
const AGAIN = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400] as const;
const WITHIN_MS = 15_000;
/** The address wants nothing more, and says so. */
const GONE = 410;

const Asked = z.object({ deliveryId: DeliveryId });

export type Ways = {
  /** Whether inner networks may be told. */
  readonly inside: boolean;
  /** Who vouches for certificates, beside those that Node knows. */
  readonly ca?: string | undefined;
};

/** How a message is brought to its address. */
export const hookDelivery = ({ db, now }: Pick<Center, 'db' | 'now'>, ways: Ways): JobKind => ({
  atOnce: 4,
  again: (tries) => AGAIN[tries - 1],
  async run({ asked, tries, signal }) {
    const { deliveryId } = Asked.parse(asked);
    const sql = `SELECT ${DELIVERY} FROM hook_deliveries WHERE id = $1 AND state = 'waiting'`;
    const delivery = await selectOne(db, DeliveryRow, sql, [deliveryId]);
    const hook =
      delivery && (await selectOne(db, HookRow, `SELECT ${HOOK} FROM hooks WHERE id = $1`, [delivery.hookId]));
    if (!delivery || !hook) return undefined;
    const status = hook.endedAt ? GONE : await send(hook, delivery, { ways, now: now(), signal }).catch(noteIn(signal));
    const isThere = typeof status === 'number' && status >= 200 && status < 300;
    const isOver = isThere || status === GONE || AGAIN[tries - 1] === undefined;
    await note(db, delivery, {
      status: typeof status === 'number' ? status : null,
      tries,
      now: now(),
      isThere,
      isOver,
    });
    if (status === GONE)
      await db.query('UPDATE hooks SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL', [
        hook.id,
        now().toISOString(),
      ]);
    if (!isOver) throw status instanceof Error ? status : new Error(`it answered ${status}`);
    return undefined;
  },
});

/** That nobody is there, or that it leads inside, is an outcome as well; that the center stops is none. */
const noteIn = (signal: AbortSignal) => (error: unknown) => {
  signal.throwIfAborted();
  return error instanceof Error ? new Error(error.message) : new Error(String(error));
};

type Outcome = {
  readonly status: number | null;
  readonly tries: number;
  readonly now: Date;
  readonly isThere: boolean;
  readonly isOver: boolean;
};

async function note(
  db: Database,
  { id }: DeliveryRow,
  { status, tries, now, isThere, isOver }: Outcome,
): Promise<void> {
  const state = isThere ? 'delivered' : isOver ? 'failed' : 'waiting';
  await db.query('UPDATE hook_deliveries SET state = $2, status = $3, rounds = $4, tried_at = $5 WHERE id = $1', [
    ...[id, state, status, tries, now.toISOString()],
  ]);
}

/** What whoever receives it holds against the message: `v1,` and the signature in base64. */
export function signatureOf(secret: string, id: string, seconds: number, body: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
}

type Sending = { readonly ways: Ways; readonly now: Date; readonly signal: AbortSignal };

/** @returns the status that it answers with. It is asked once, at the address that was looked at, and led nowhere else. */
async function send({ url: text, secret }: HookRow, { id, body }: DeliveryRow, { ways, now, signal }: Sending) {
  const url = new URL(text);
  const { address, family } = await addressOf(url, ways.inside);
  const seconds = Math.floor(now.getTime() / 1_000);
  const traceparent = traceparentNow();
  const answered = Promise.withResolvers<number>();
  const asking = request(
    url,
    {
      ...{ method: 'POST', agent: false, signal: AbortSignal.any([signal, AbortSignal.timeout(WITHIN_MS)]) },
      ...(ways.ca ? { ca: ways.ca } : {}),
      lookup: (_host, options, tell) => (options.all ? tell(null, [{ address, family }]) : tell(null, address, family)),
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
        ...(traceparent ? { traceparent } : {}),
        'webhook-id': id,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signatureOf(secret, id, seconds, body),
      },
    },
    (reply) => {
      answered.resolve(reply.statusCode ?? 0);
      // What it says is of no interest, and may have no end.
      reply.destroy();
    },
  );
  asking.on('error', answered.reject);
  asking.end(body);
  return answered.promise;
}
