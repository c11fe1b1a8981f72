import type { Logger } from 'pino';
import { Refusal } from '../../contract/words/reasons.ts';
import { keyId, verifyCertificate } from '../../proof/index.ts';
import type { Clock } from '../core/clock/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import type { Outbox } from '../keep/outbox/index.ts';
import type { Roster } from '../keep/roster/index.ts';
import type { CenterClient } from './center-client.ts';

export type ChangeKeyParts = {
  readonly client: Pick<CenterClient, 'changeKey'>;
  readonly identity: Pick<StationIdentity, 'enrolment' | 'signer' | 'keyChange'>;
  readonly roster: Pick<Roster, 'assignment'>;
  readonly outbox: Pick<Outbox, 'waitingRecords'>;
  readonly clock: Clock;
  readonly busy: () => boolean;
  readonly log: Logger;
};

/** A center that knows no such thing may have been brought up to date. */
const AGAIN_MS = 600_000;

/**
 * Changes the signing key where somebody wishes it: once nobody sits here, and what the present key signed is logged. What was begun
 * goes on until the center has answered, whatever happens meanwhile: the key that it vouched for is the only one that counts.
 * @returns one turn. It throws a Refusal where the center cannot be reached, or refuses for now
 */
export function openChangeKey(parts: ChangeKeyParts): () => Promise<void> {
  const { client, identity, clock, log } = parts;
  const { keyChange } = identity;
  let next = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() < next || (!keyChange.next && !mayBegin(parts))) return;
    const before = identity.signer.publicKey;
    try {
      keyChange.finish(await client.changeKey(keyChange.begin()), clock.wall());
      log.info({ before: keyId(before), now: keyId(identity.signer.publicKey) }, 'the signing key was changed');
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason !== 'method-unknown') throw error;
      next = performance.now() + AGAIN_MS;
      log.warn('the center is too old to let this station change its key');
    }
  };
}

const mayBegin = (parts: ChangeKeyParts): boolean =>
  isWished(parts) && !parts.busy() && parts.outbox.waitingRecords === 0;

/** By somebody at this machine, or by the operator, of keys that were certified before then. */
function isWished({ identity, roster }: ChangeKeyParts): boolean {
  if (identity.keyChange.wished) return true;
  const { freshKeySince } = roster.assignment ?? {};
  if (!freshKeySince || !identity.enrolment) return false;
  const vouched = verifyCertificate(identity.enrolment.certificate, identity.enrolment.centerKey);
  return vouched.ok && vouched.certificate.issuedAt < freshKeySince;
}
