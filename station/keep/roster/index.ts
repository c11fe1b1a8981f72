import type { Who } from '../../../contract/page/view.ts';
import type { AssignedCandidate, AssignedProctor } from '../../../contract/station-center/center-api.ts';
import { maskIdNumber } from '../../../contract/words/id-number.ts';
import type { CandidateId, TenantId } from '../../../contract/words/ids.ts';
import { type Database, migrate } from '../../core/database/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import { openTenantKeys, type TenantKeys } from '../tenant-keys/index.ts';
import { type FirmRoster, openFirmRoster } from './firm-roster.ts';
import { SCHEMA } from './schema.ts';

export { endOf, eraseAgedTemplates, eraseTemplatesOf, nameOfFace } from './added-templates.ts';
export type { Candidate } from './candidates.ts';
export type { FirmRoster } from './firm-roster.ts';
export { templateOwners } from './templates.ts';

/** Somebody, and the firm whose candidate they are; nothing for that of whose station it is. */
export type Sitter = { readonly id: CandidateId; readonly guest: TenantId | undefined };

/** Who may sit what here: the roster of whose station it is, and beside it, apart and sealed apart, those of its guests. */
export type Roster = FirmRoster & {
  /** That of a firm that uses this station by a grant; without one that of whose station it is. Empty where nothing was told. */
  of(guest: TenantId | undefined): FirmRoster;
  /** Firms besides the owner that something is kept of. */
  guests(): readonly TenantId[];
  /** The proctors of all of them, each with whose they are. */
  everyProctor(): readonly (AssignedProctor & { readonly guest?: TenantId })[];
  /** Whose exam runs here, to be asked whenever somebody is no longer on a roster: they finish it with all that it needs. */
  sparing(sitter: () => Sitter | undefined): void;
  /** A guest was erased: nothing is answered out of memory any more. */
  forget(guest: TenantId): void;
};

/** @param keys of the guests; opened here where nobody else has a use for them */
export function openRoster(
  database: Database,
  vault: Vault,
  keys: Pick<TenantKeys, 'vaultOf'> = openTenantKeys(database, vault),
): Roster {
  migrate(database, 'roster', SCHEMA);
  let sitter: () => Sitter | undefined = () => undefined;
  const sitsFor = (guest?: TenantId) => () => {
    const now = sitter();
    return now && now.guest === guest ? now.id : undefined;
  };
  const own = openFirmRoster(database, () => vault, undefined, sitsFor());
  const opened = new Map<TenantId, FirmRoster>();
  const guestRoster = (guest: TenantId): FirmRoster => {
    const known = opened.get(guest) ?? openFirmRoster(database, () => keys.vaultOf(guest), guest, sitsFor(guest));
    opened.set(guest, known);
    return known;
  };
  const everyGuest = database.prepare<[], { tenant: TenantId }>("SELECT tenant FROM assignments WHERE tenant <> ''");
  const guests = (): readonly TenantId[] => everyGuest.all().map(({ tenant }) => tenant);
  return {
    ...own,
    get assignment() {
      return own.assignment;
    },
    get proctors() {
      return own.proctors;
    },
    of: (guest) => (guest ? guestRoster(guest) : own),
    guests,
    everyProctor: () => [
      ...own.proctors,
      ...guests().flatMap((guest) => guestRoster(guest).proctors.map((proctor) => ({ ...proctor, guest }))),
    ],
    sparing(who) {
      sitter = who;
    },
    forget: (guest) => void opened.delete(guest),
  };
}

/** Erases the roster of a guest, with all templates. Needs no key. */
export function rosterEraser(database: Database): (guest: TenantId) => void {
  migrate(database, 'roster', SCHEMA);
  return (guest) => {
    for (const table of ['candidates', 'assignments'])
      database.prepare(`DELETE FROM ${table} WHERE tenant = ?`).run(guest);
  };
}

/** What a screen may show of a candidate. */
export const whoIs = (candidate: Pick<AssignedCandidate, 'name' | 'number'>): Who => ({
  name: candidate.name,
  number: candidate.number === '' ? '' : maskIdNumber(candidate.number),
  visitor: candidate.number === '',
});
