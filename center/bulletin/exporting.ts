import { writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { BulletinExport, type BulletinWish } from '../../contract/platform/bulletin.ts';
import { BULLETIN_READERS, type Job } from '../../contract/platform/jobs.ts';
import { isWithin } from '../../contract/platform/roles.ts';
import { OrganisationId, TokenId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { actingNow } from '../accounts/index.ts';
import { noteDone } from '../audit/index.ts';
import type { Center } from '../base/index.ts';
import type { Queries } from '../database/index.ts';
import { addJob, exportAgain, type JobKind, readJob } from '../jobs/index.ts';
import { placesOf, placesWithin } from '../organisations/index.ts';
import type { ActingAccount, System } from '../tenants/index.ts';
import { readBulletin } from './bulletin.ts';
import { type BulletinFile, fileOf, type HowFile } from './files.ts';
import { makeFile } from './making.ts';
import { mustBePeriod } from './period.ts';
import { mustBeAccount } from './readers.ts';

type At = Pick<Center, 'db' | 'now'>;
type Named = Pick<BulletinWish, 'from' | 'to' | 'grouping'> & Pick<HowFile, 'format'>;

/** That a file of it left, or will. */
const noteExported = (actor: ActingAccount, db: Queries, { from, to, grouping, format }: Named) =>
  noteDone(actor, db, {
    ...{ tenantId: null, what: 'exported' },
    subject: { kind: 'bulletin', id: `${from}/${to}/${grouping}.${format}` },
  });

/**
 * A bulletin as a file; that it left is written down.
 * @throws Refusal as `readBulletin`; `bad-message` where a PDF would have too many rows
 */
export async function exportBulletin(
  actor: ActingAccount,
  center: At,
  wish: BulletinWish,
  how: HowFile,
): Promise<BulletinFile> {
  const file = await fileOf(await readBulletin(actor, center, wish), how);
  await noteExported(actor, center.db, { ...wish, ...how });
  return file;
}

const KIND = 'bulletin-export';
/** Of which places it is: whoever fetches it has to reach all of them then. */
const Asked = BulletinExport.extend({ token: TokenId.nullable(), places: z.array(OrganisationId) });

/**
 * The same as long work. @throws Refusal `bad-message` where it is no period, `organisation-unknown` where `below` names none within
 * reach
 */
export function exportBulletinLong(actor: ActingAccount, { db, now }: At, wish: BulletinExport): Promise<Job> {
  mustBeAccount(actor);
  mustBePeriod(wish);
  return db.transaction(async (tx) => {
    const { below } = wish;
    // Said now, and not when it is made: somebody waits for the answer.
    if (below) await placesWithin(actor, tx, BULLETIN_READERS, { kinds: [], under: below });
    const own = actor.roles.filter(({ role }) => BULLETIN_READERS.some((one) => one === role));
    const asked = Asked.parse({
      ...{ ...wish, token: actor.token ?? null },
      places: below ? [below] : [...new Set(own.map(({ organisationId }) => organisationId))],
    });
    const job = { kind: KIND, asked, account: actor.id, organisationId: asked.places[0] };
    const { id } = await addJob(tx, job, now());
    await noteExported(actor, tx, wish);
    return readJob(actor, tx, id);
  });
}

/** Figures are read before the file is made of them. */
const READ = 0.5;

/** How that is made: as whoever asked for it is when it is made. */
export const bulletinExport = (_actor: System, { db, now }: At): JobKind => ({
  atOnce: 1,
  again: exportAgain,
  async run({ asked, account, signal, draft, tell }) {
    const { format, language, token, places, ...wish } = Asked.parse(asked);
    const actor = account && (await actingNow(db, { account, token }, now()));
    if (!actor) throw new Refusal('unauthorised', 'whoever asked for it has no such role any more');
    const bulletin = await readBulletin(await withinPlaces(db, actor, places), { db, now }, wish);
    tell(READ);
    const { name, type, bytes } = await makeFile(bulletin, { format, language }, signal);
    await writeFile(draft, bytes, { mode: 0o600, signal });
    return { name, type };
  },
});

/**
 * Whoever asked, with as much of what they are now as lies within the places they reached then: whoever fetches it is held against
 * those alone.
 * @throws Refusal `unauthorised` where nothing does
 */
async function withinPlaces(
  db: Queries,
  actor: ActingAccount,
  places: readonly OrganisationId[],
): Promise<ActingAccount> {
  const asked = [...(await placesOf(db, places)).values()];
  const readers = actor.roles.filter(({ role }) => BULLETIN_READERS.some((one) => one === role));
  const roles = readers.flatMap((held) =>
    asked.some(({ path }) => isWithin(held.path, path))
      ? [held]
      : asked
          .filter(({ path }) => isWithin(path, held.path))
          .map(({ id, name, path, tenantId }) => ({ ...held, organisationId: id, organisation: name, path, tenantId })),
  );
  if (roles.length === 0) throw new Refusal('unauthorised', 'whoever asked for it has no such role any more');
  return { ...actor, roles };
}
