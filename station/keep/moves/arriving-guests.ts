import type { StationCertificate } from '../../../contract/records/batches.ts';
import { coversExam } from '../../../contract/records/grants.ts';
import type { ExamId, StationId, TenantId } from '../../../contract/words/ids.ts';
import type { Clock } from '../../core/clock/index.ts';
import type { Vault } from '../../core/vault/index.ts';
import type { Grants } from '../grants/index.ts';
import type { Roster } from '../roster/index.ts';
import type { TenantKeys } from '../tenant-keys/index.ts';

/** What there is to know of firms that use this station by a grant, where an exam of one of them comes here. */
export type ArrivingGuests = {
  vaultOf(guest: TenantId): Vault;
  /** Whether a firm may use that station, by the word of the center; without one, the firm whose station this is. */
  uses(guest: TenantId | undefined, station: StationId): boolean;
  /** Whether a station had this key, and has another by what the center has signed since. */
  changedKey(guest: TenantId | undefined, certificate: StationCertificate): boolean;
  /** Whether its people may sit this exam here now. */
  maySit(guest: TenantId, exam: ExamId): boolean;
};

export const arrivingGuests = (
  roster: Roster,
  grants: Pick<Grants, 'running'>,
  keys: TenantKeys,
  clock: Clock,
): ArrivingGuests => ({
  vaultOf: keys.vaultOf,
  uses: (guest, station) => roster.of(guest).assignment?.stations?.some(({ id }) => id === station) ?? false,
  changedKey(guest, { stationId, publicKey, issuedAt }) {
    const { assignment } = roster.of(guest);
    const known = assignment?.stations?.find(({ id }) => id === stationId);
    // A key that was certified since is one that this station has not heard of.
    return known !== undefined && known.publicKey !== publicKey && (assignment?.issuedAt ?? '') > issuedAt;
  },
  maySit: (guest, exam) =>
    grants.running(clock.wall()).some((grant) => grant.tenantId === guest && coversExam(grant, exam)),
});
