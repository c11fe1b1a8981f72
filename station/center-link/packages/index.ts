import type { Logger } from 'pino';
import { everybodyOn } from '../../../contract/station-center/center-api.ts';
import { Refusal } from '../../../contract/words/reasons.ts';
import { words } from '../../../messages/checks.ts';
import type { FaceEngine } from '../../../native/face/index.ts';
import { sha256 } from '../../../proof/index.ts';
import { openPackage } from '../../../proof/sealed/index.ts';
import type { Clock } from '../../core/clock/index.ts';
import { type BankStore, storeBank } from '../../keep/banks/index.ts';
import type { StationIdentity } from '../../keep/identity/index.ts';
import type { Roster } from '../../keep/roster/index.ts';
import { enrolFromPhotos } from '../enrolment/index.ts';

export { type InboxParts, openInbox } from './inbox.ts';

export type PackageParts = {
  readonly identity: StationIdentity;
  readonly roster: Roster;
  readonly banks: BankStore;
  readonly clock: Clock;
  /** Without it nobody is enrolled from the photos, and a proctor checks by hand. */
  readonly engine: FaceEngine | undefined;
  readonly log: Logger;
};

export type Installed = { readonly exam: string; readonly candidates: number; readonly items: number };

/**
 * Takes over what an exam package brings, as if the center had said it.
 * @param unlocked whether a proctor wants it before its time
 * @throws Refusal `unauthorised` where the station is not enrolled, and as {@link openPackage}
 */
export async function installPackage(parts: PackageParts, bytes: Uint8Array, unlocked = false): Promise<Installed> {
  const { identity, roster, banks, clock, engine, log } = parts;
  const { enrolment, centerKeys: centerKey } = identity;
  if (!enrolment || !centerKey) throw new Refusal('unauthorised', 'this station is not enrolled');
  const { stationId } = enrolment;
  const { assignment, bank, photos, pictures } = openPackage(bytes, {
    ...{ centerKey, stationId, unlocked },
    keyFrom: identity.keyFrom,
    now: clock.wall(),
    newest: roster.assignment?.issuedAt,
  });
  await storeBank(banks, bank, async (hash) => {
    const text = pictures?.[hash];
    if (text === undefined) throw new Refusal('picture-missing', hash);
    return Buffer.from(text, 'base64');
  });
  roster.apply(assignment);
  banks.usedBy(undefined, [bank.id]);
  const photoOf = async (hash: string): Promise<Uint8Array> => {
    const photo = Buffer.from(photos[hash as keyof typeof photos] ?? '', 'base64');
    if (sha256(photo) !== hash) throw new Refusal('photo-missing', hash);
    return photo;
  };
  if (engine) await enrolFromPhotos({ roster, engine, log }, photoOf);
  const [exam] = assignment.exams;
  return { exam: exam?.id ?? '', candidates: everybodyOn(assignment).length, items: bank.items.length };
}

export const installedInWords = (installed: Installed) => words('inbox.installed', installed);
