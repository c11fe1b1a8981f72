import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { AccountId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import { type Queries, select, selectOne } from '../database/index.ts';
import type { ActingAccount } from '../tenants/index.ts';
import { platformName } from './authenticators.ts';
import { type Caller, mustBeFresh, mustBePerson, myself } from './logins.ts';
import { dropOwnTickets, makeTicket, readTicket, setBody, takeOwnTicket } from './tickets.ts';

/** The address by which the page came: a passkey is good for its name alone, and signs it with every answer. */
export type Site = { readonly origin: string };

/** What browsers and this program tell each other; the library judges what is in it. */
type Json = Record<string, unknown>;
type Place = Pick<Center, 'db' | 'now'>;

const nameOf = ({ origin }: Site): string => new URL(origin).hostname;

/** EdDSA, ES256, RS256: what devices have. The library would try which others this Node knows, which it warns of. */
const ALGORITHMS = [-8, -7, -257];

/** So many devices has one person. */
const MOST = 10;

const Listed = z.object({ id: z.string(), transports: z.string() });
type Listed = Readonly<z.infer<typeof Listed>>;

const passkeysOf = (db: Queries, id: AccountId, site: Site): Promise<readonly Listed[]> =>
  select(db, Listed, 'SELECT id, transports FROM passkeys WHERE account_id = $1 AND site = $2', [id, nameOf(site)]);

const transportsOf = (text: string) => ({ transports: text.split(' ').filter(Boolean) });
const named = ({ id, transports }: Listed) => ({ id, ...transportsOf(transports) });

/** What a browser is asked to make a passkey with. @throws Refusal `log-in-again`; TryLater */
export async function beginPasskey(actor: ActingAccount, { db, now }: Place, site: Site): Promise<Json> {
  mustBePerson(actor);
  await mustBeFresh(actor, db, now());
  const { login, name } = await myself(db, actor.id);
  const options = await generateRegistrationOptions({
    ...{ rpName: (await platformName(db)) ?? 'Exam Station', rpID: nameOf(site), attestationType: 'none' },
    ...{ userID: new TextEncoder().encode(actor.id), userName: login, userDisplayName: name },
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: (await passkeysOf(db, actor.id, site)).map(named),
    // Kept by the device, and opened by its owner's finger, face or PIN: it is then two factors in one.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  await dropOwnTickets(db, actor.id, 'add-passkey');
  const wish = {
    purpose: 'add-passkey',
    accountId: actor.id,
    address: actor.address,
    body: options.challenge,
  } as const;
  await makeTicket(db, wish, now());
  return { ...options };
}

/** Keeps a passkey that a browser made. @throws Refusal `passkey-refused`, `ticket-over`, `log-in-again` */
export async function addPasskey(
  actor: ActingAccount,
  { db, now }: Place,
  { name, passkey }: { readonly name: string; readonly passkey: Json },
  site: Site,
): Promise<void> {
  mustBePerson(actor);
  await mustBeFresh(actor, db, now());
  const { body } = await takeOwnTicket(db, actor.id, 'add-passkey', now());
  const { registrationInfo } = await judged(() =>
    verifyRegistrationResponse({
      ...{ response: passkey as unknown as RegistrationResponseJSON, expectedChallenge: body },
      ...{ expectedOrigin: site.origin, expectedRPID: nameOf(site), requireUserVerification: true },
      supportedAlgorithmIDs: ALGORITHMS,
    }),
  );
  if (!registrationInfo) throw new Refusal('passkey-refused');
  const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
  await db.transaction(async (tx) => {
    await tx.query('SELECT 1 FROM accounts WHERE id = $1 FOR UPDATE', [actor.id]);
    const had = await tx.query('SELECT 1 FROM passkeys WHERE account_id = $1', [actor.id]);
    if (had.length >= MOST) throw new Refusal('not-allowed-now', 'there are too many passkeys');
    const added = await tx.query(
      `INSERT INTO passkeys (id, account_id, name, public_key, counter, transports, site, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING RETURNING 1`,
      [
        ...[id, actor.id, name, publicKey, counter, transports.filter(isWord).join(' '), nameOf(site)],
        now().toISOString(),
      ],
    );
    if (added.length === 0) throw new Refusal('passkey-refused', 'it is kept already');
    const subject = { kind: 'account', id: actor.id };
    await noteDone(actor, tx, { tenantId: null, what: 'factor-added', subject });
  });
}

const isWord = (text: unknown): boolean => typeof text === 'string' && /^[a-z-]{1,20}$/.test(text);

/**
 * What a browser is asked for a passkey with: whichever it has of this site, or, with the ticket of a log-in that has come to its
 * second factor, one of that account's.
 * @throws Refusal `ticket-over`; TryLater
 */
export async function askForPasskey(
  { address }: Caller,
  { db, now }: Place,
  asked: string | undefined,
  site: Site,
): Promise<{ readonly ticket: string; readonly options: Json }> {
  const ticket = asked === undefined ? undefined : await readTicket(db, asked, ['factor'], now());
  const own = ticket?.accountId ? await passkeysOf(db, ticket.accountId, site) : undefined;
  const options = await generateAuthenticationOptions({
    ...{ rpID: nameOf(site), userVerification: 'required' },
    ...(own ? { allowCredentials: own.map(named) } : {}),
  });
  if (ticket && asked) {
    await setBody(db, ticket, options.challenge);
    return { ticket: asked, options: { ...options } };
  }
  const wish = { purpose: 'passkey', accountId: null, address, body: options.challenge } as const;
  return { ticket: await makeTicket(db, wish, now()), options: { ...options } };
}

const Kept = z.object({
  id: z.string(),
  accountId: AccountId,
  publicKey: z.instanceof(Uint8Array),
  counter: z.number(),
  transports: z.string(),
});

/**
 * Whose passkey has answered a challenge.
 * @param of whose it must be; anybody's where nobody has said yet who they are
 * @throws Refusal `factor-wrong`
 */
export async function usePasskey(
  tx: Queries,
  answer: Json,
  challenge: string,
  site: Site,
  of: AccountId | null,
): Promise<AccountId> {
  const sql = `SELECT id, account_id AS "accountId", public_key AS "publicKey", counter, transports FROM passkeys
    WHERE id = $1 AND site = $2 FOR UPDATE`;
  const kept = await selectOne(tx, Kept, sql, [String(answer.id ?? ''), nameOf(site)]);
  if (!kept || challenge === '' || (of !== null && of !== kept.accountId)) throw new Refusal('factor-wrong');
  const { id, publicKey, counter, transports, accountId } = kept;
  const { verified, authenticationInfo } = await judged(
    () =>
      verifyAuthenticationResponse({
        ...{ response: answer as unknown as AuthenticationResponseJSON, expectedChallenge: challenge },
        ...{ expectedOrigin: site.origin, expectedRPID: nameOf(site), requireUserVerification: true },
        credential: { id, publicKey: new Uint8Array(publicKey), counter, ...transportsOf(transports) },
      }),
    'factor-wrong',
  );
  if (!verified) throw new Refusal('factor-wrong');
  await tx.query('UPDATE passkeys SET counter = $2 WHERE id = $1', [id, authenticationInfo.newCounter]);
  return accountId;
}

/** The library throws where something is wrong with what it was sent; what exactly, nobody is told. */
async function judged<T>(judge: () => Promise<T>, otherwise: 'passkey-refused' | 'factor-wrong' = 'passkey-refused') {
  try {
    return await judge();
  } catch {
    throw new Refusal(otherwise);
  }
}
