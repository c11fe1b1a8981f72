import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { OrganisationState, type Registration } from '../../contract/platform/organisations.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Center } from '../base/index.ts';
import { type Queries, selectOne } from '../database/index.ts';
import { type ActingAccount, guarded, limited, ofAccount, ofAddress, type Stranger } from '../tenants/index.ts';
import { insert, mustBeAlone, mustFitBelow } from './adding.ts';
import { mustHaveSector } from './lists.ts';
import { mustHaveRow, rowOf } from './rows.ts';
import { holdTree } from './tree-lock.ts';

/** Whoever registered: what they want to log in with. The credential is opaque here; whoever keeps accounts made it. */
type Applicant = { readonly login: string; readonly credential: string };

/** What becomes of whoever registers: accounts are kept above this, and nothing here knows them. */
export type Applicants = {
  /** Makes of a password what an account keeps of it. */
  readonly makeCredential: (password: string) => Promise<string>;
  /** Whether somebody logs in by it, or is to. */
  readonly isLoginTaken: (db: Queries, login: string) => Promise<boolean>;
  /** Gives them an account, in the transaction that approves their organisation: both, or neither. */
  readonly letIn: (actor: ActingAccount, tx: Queries, whose: Approved) => Promise<void>;
};
/** Tells whoever wants to hear of it that somebody registered, in the transaction in which they do. */
export type TellApplied = (tx: Queries, id: OrganisationId) => Promise<void>;
export type Approved = Applicant & {
  readonly organisationId: OrganisationId;
  readonly role: 'firm' | 'agency';
  /** Of the person, as far as the registration says. */
  readonly name: string;
};

const hashOfSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/**
 * A firm or an agency registers itself, below a county or a street. It counts against the address it comes from.
 * @returns with what it asks how far it is: told once
 * @throws TryLater; Refusal `organisation-misplaced`, `organisation-settled`, `organisation-there`, `sector-unknown`,
 * `login-taken` where an account has this login, or whoever registered before and is not decided on
 */
export async function registerOrganisation(
  actor: Stranger | ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  { login, password, ...wish }: Registration,
  { makeCredential, isLoginTaken }: Pick<Applicants, 'makeCredential' | 'isLoginTaken'>,
  tellApplied?: TellApplied,
): Promise<{ readonly id: OrganisationId; readonly secret: string }> {
  await limited(db, now(), [ofAddress('registration', actor.address)]);
  await mustBeWelcome(db, wish);
  await mustBeFree(db, login, isLoginTaken);
  const credential = await makeCredential(password);
  const secret = randomBytes(24).toString('base64url');
  const id = await db.transaction(async (tx) => {
    await holdTree(tx, 'add');
    await mustBeWelcome(tx, wish);
    // Of two who want the same the second sees the first.
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`registering ${login}`]);
    await mustBeFree(tx, login, isLoginTaken);
    const parent = await mustHaveRow(tx, wish.parentId);
    const added = await insert(actor, tx, parent, wish, { state: 'applied', tenantId: null });
    await tx.query(
      'INSERT INTO registrations (organisation_id, secret_hash, login, credential, created_at) VALUES ($1, $2, $3, $4, $5)',
      [added, hashOfSecret(secret), login, credential, now().toISOString()],
    );
    await tellApplied?.(tx, added);
    return added;
  });
  return { id, secret };
}

async function mustBeFree(db: Queries, login: string, isLoginTaken: Applicants['isLoginTaken']): Promise<void> {
  const wanted = await db.query('SELECT 1 FROM registrations WHERE login = $1 LIMIT 1', [login]);
  if (wanted.length > 0 || (await isLoginTaken(db, login))) throw new Refusal('login-taken');
}

type Wish = Omit<Registration, 'login' | 'password'>;

async function mustBeWelcome(db: Queries, wish: Wish): Promise<void> {
  const parent = await rowOf(db, wish.parentId);
  if (parent?.kind !== 'county' && parent?.kind !== 'street')
    throw new Refusal('organisation-misplaced', 'choose a county or a street');
  mustFitBelow(parent, wish.kind);
  await mustHaveSector(db, wish.sector);
  await mustBeAlone(db, wish);
}

export type RegistrationState = {
  readonly name: string;
  readonly state: OrganisationState;
  readonly note: string | null;
};
const Known = z.object({ hash: z.string(), name: z.string(), state: OrganisationState, note: z.string().nullable() });

/**
 * How far a registration is. One that is not there and a wrong secret are answered alike.
 * @throws TryLater; Refusal `registration-unknown`
 */
export function registrationState(
  actor: Stranger | ActingAccount,
  { db, now }: Pick<Center, 'db' | 'now'>,
  { id, secret }: { readonly id: OrganisationId; readonly secret: string },
): Promise<RegistrationState> {
  const gates = [ofAddress('registration', actor.address), ofAccount('registration', id)];
  return guarded(db, now(), gates, ['registration-unknown'], async () => {
    const known = await selectOne(
      db,
      Known,
      `SELECT r.secret_hash AS hash, o.name, o.state, o.note
       FROM registrations r JOIN organisations o ON o.id = r.organisation_id WHERE r.organisation_id = $1`,
      [id],
    );
    const shown = Buffer.from(hashOfSecret(secret));
    if (!known || !timingSafeEqual(shown, Buffer.from(known.hash))) throw new Refusal('registration-unknown');
    const { hash: _, ...told } = known;
    return told;
  });
}

const Kept = z.object({ login: z.string(), credential: z.string() });

/** Who registered it, once: afterwards nothing of theirs is kept here. */
export async function takeApplicant(tx: Queries, id: OrganisationId): Promise<Applicant | undefined> {
  const sql = 'SELECT login, credential FROM registrations WHERE organisation_id = $1 AND login IS NOT NULL';
  const kept = await selectOne(tx, Kept, sql, [id]);
  await tx.query('UPDATE registrations SET login = NULL, credential = NULL WHERE organisation_id = $1', [id]);
  return kept;
}
