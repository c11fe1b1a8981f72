import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Revocation } from '../../contract/records/revocations.ts';
import type { EnrolReply } from '../../contract/station-center/center-api.ts';
import type { Instant } from '../../contract/words/ids.ts';
import type { PublicKey } from '../../contract/words/keys.ts';
import { listOfKeys, verifyCertificate } from '../../proof/index.ts';
import type { Database } from '../core/database/index.ts';
import { stepsOf } from '../core/database/index.ts';
import type { BankStore } from '../keep/banks/index.ts';
import { centerKeysIn } from '../keep/identity/index.ts';
import { RECOVERY_FILE } from '../keep/proctors/index.ts';
import type { Roster } from '../keep/roster/index.ts';
import type { EnrolmentFacts, ExamFacts, KnownFacts } from './facts.ts';

/** What the data folder of a station tells of it to whoever has its key. */
export type KnownParts = {
  readonly data: string;
  readonly database: Database;
  readonly enrolment: EnrolReply | undefined;
  readonly revocation?: Revocation | undefined;
  /** The station's own; where it is sealed, the certificate is compared with none. */
  readonly publicKey?: PublicKey | undefined;
  readonly roster: Pick<Roster, 'of' | 'guests'> | undefined;
  readonly banks: Pick<BankStore, 'has'> | undefined;
  readonly now: Instant;
};

export const knownOf = (
  parts: KnownParts,
): Pick<KnownFacts, 'now' | 'enrolment' | 'exams' | 'recoveryLiesOpen' | 'database'> => ({
  now: parts.now,
  enrolment: parts.enrolment && { ...vouchedFor(parts.enrolment, parts), revoked: parts.revocation },
  exams: parts.roster && parts.banks ? examsOf(parts.roster, parts.banks) : 'sealed',
  recoveryLiesOpen: existsSync(join(parts.data, RECOVERY_FILE)),
  database: { steps: stepsOf(parts.database) },
});

/** A signature is checked once: this is asked whenever the screen changes. */
const checked = new Map<string, ReturnType<typeof verifyCertificate>>();

function vouchedFor(
  { stationId, tenantId, certificate, centerKey }: EnrolReply,
  { database, publicKey }: Pick<KnownParts, 'database' | 'publicKey'>,
): EnrolmentFacts {
  const center = centerKeysIn(database, centerKey);
  const { keys, revocations } = listOfKeys(center);
  const told = [centerKey, ...keys, ...revocations, certificate].join(' ');
  const verified = checked.get(told) ?? verifyCertificate(certificate, center);
  checked.set(told, verified);
  const its = verified.ok ? verified.certificate : undefined;
  const vouched =
    its?.stationId === stationId && its.tenantId === tenantId && (!publicKey || its.publicKey === publicKey);
  return { station: stationId, tenant: tenantId, vouched };
}

/** Of all firms whose people may sit here: who runs the room may have no exams at all. As old as what is of whose station it is. */
function examsOf(roster: Pick<Roster, 'of' | 'guests'>, banks: Pick<BankStore, 'has'>): ExamFacts | undefined {
  const all = [undefined, ...roster.guests()].flatMap((firm) => roster.of(firm).assignment ?? []);
  const [first] = all;
  if (!first) return undefined;
  const exams = all.flatMap((one) => one.exams);
  const proctors = all.reduce((sum, one) => sum + one.proctors.length, 0);
  const named = [...new Set(exams.map(({ bankId }) => bankId))];
  const here = named.filter((id) => banks.has(id)).length;
  return { issuedAt: first.issuedAt, exams: exams.length, banks: named.length, here, proctors };
}
