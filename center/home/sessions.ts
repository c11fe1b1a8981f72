import { z } from 'zod';
import { InvitationSecret } from '../../contract/home/home-api.ts';
import { CandidateId, TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { type Database, type Queries, selectOne } from '../database/index.ts';
import { guarded, type Learner, ofAddress, type Stranger } from '../tenants/index.ts';
import { hashOfSecret, makeSecret } from './secrets.ts';

/** How long somebody stays signed in who does not come back. */
const SESSION_MS = 30 * 24 * 3_600_000;
/** So much later it is written down that they were there. */
const NOTED_MS = 3_600_000;

const Whose = z.object({ tenantId: TenantId, candidateId: CandidateId });
export type SignedIn = Readonly<z.infer<typeof Whose>>;

/**
 * Spends an invitation: from then on its secret opens nothing.
 * @returns the secret of a session, which is kept nowhere
 * @throws Refusal `invitation-unknown`: never made, used, expired or taken back; which, nobody is told; TryLater
 */
export function enterHome(actor: Stranger, db: Database, invitation: string, now: Date): Promise<string> {
  const gates = [ofAddress('home-invitation', actor.address)];
  return guarded(db, now, gates, ['invitation-unknown'], () => spend(db, invitation, now));
}

async function spend(db: Database, invitation: string, now: Date): Promise<string> {
  if (!InvitationSecret.safeParse(invitation).success) throw new Refusal('invitation-unknown');
  return db.transaction(async (tx) => {
    const whose = await selectOne(
      tx,
      Whose,
      `DELETE FROM home_invitations WHERE secret_hash = $1 AND expires_at > $2
       RETURNING tenant_id AS "tenantId", candidate_id AS "candidateId"`,
      [hashOfSecret('invitation', invitation), now.toISOString()],
    );
    if (!whose) throw new Refusal('invitation-unknown');
    const secret = makeSecret();
    await tx.query('DELETE FROM home_sessions WHERE ends_at <= $1', [now.toISOString()]);
    await tx.query(
      'INSERT INTO home_sessions (secret_hash, tenant_id, candidate_id, seen_at, ends_at) VALUES ($1, $2, $3, $4, $5)',
      [hashOfSecret('session', secret), whose.tenantId, whose.candidateId, now.toISOString(), endOf(now)],
    );
    return secret;
  });
}

const endOf = (now: Date): string => new Date(now.getTime() + SESSION_MS).toISOString();

const Row = Whose.extend({ seenAt: z.date() });

/** Who has this session; nobody once it has ended. Whoever comes back stays signed in for another 30 days. */
export async function signedInWith(db: Queries, session: string, now: Date): Promise<SignedIn | undefined> {
  const hash = hashOfSecret('session', session);
  const row = await selectOne(
    db,
    Row,
    `SELECT tenant_id AS "tenantId", candidate_id AS "candidateId", seen_at AS "seenAt" FROM home_sessions
     WHERE secret_hash = $1 AND ends_at > $2`,
    [hash, now.toISOString()],
  );
  if (!row) return undefined;
  const { seenAt, ...whose } = row;
  if (now.getTime() - seenAt.getTime() > NOTED_MS)
    await db.query('UPDATE home_sessions SET seen_at = $2, ends_at = $3 WHERE secret_hash = $1', [
      hash,
      now.toISOString(),
      endOf(now),
    ]);
  return whose;
}

/** Ends one session, by its secret. */
export async function leaveHome(_actor: Learner, db: Queries, session: string): Promise<void> {
  await db.query('DELETE FROM home_sessions WHERE secret_hash = $1', [hashOfSecret('session', session)]);
}
