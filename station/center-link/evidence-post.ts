import type { Logger } from 'pino';
import type { z } from 'zod';
import { EvidenceMail, EvidenceWish, EvidenceWishAddress, InspectorKey } from '../../contract/records/evidence.ts';
import type { Instant, SittingId } from '../../contract/words/ids.ts';
import { type Reason, Refusal } from '../../contract/words/reasons.ts';
import { MAX_SKEW_MS } from '../../contract/words/skew.ts';
import { sha256, signedByCenter } from '../../proof/index.ts';
import { sealEvidence } from '../../proof/sealed/index.ts';
import type { Ledger } from '../core/ledger/index.ts';
import type { SittingEvent } from '../core/sitting/index.ts';
import type { EvidenceStore } from '../keep/evidence/index.ts';
import type { EvidenceWishes, KeptPicture, OpenWish, SignedWish } from '../keep/evidence-wishes/index.ts';
import type { StationIdentity } from '../keep/identity/index.ts';
import type { CenterClient } from './center-client.ts';
import { type LoggedParts, mustBeInLog } from './evidence-logged.ts';

export type EvidencePostParts = LoggedParts & {
  readonly client: Pick<CenterClient, 'answerEvidence'>;
  readonly wishes: EvidenceWishes;
  readonly evidence: Pick<EvidenceStore, 'get'>;
  readonly identity: Pick<StationIdentity, 'enrolment' | 'centerKeys' | 'signer'>;
  readonly ledger: Pick<Ledger<SittingEvent>, 'append' | 'ofSitting'>;
  /** Who sits here: what their ledger says is theirs alone until they have left. */
  readonly sitsHere: () => SittingId | undefined;
  readonly log: Logger;
};

/** Pictures of sittings, asked for by inspectors by way of the center. */
export type EvidencePost = {
  /**
   * Takes wishes out of the mail, some in one round: the next round goes on.
   * @param at the center's time
   * @throws Refusal `center-down` where nobody answers any more; whatever else is wrong with one keeps no other
   */
  hear(mail: readonly unknown[], at: Instant): Promise<void>;
  /** What the center is to be told, each for itself: what becomes of one keeps no other. */
  errands(): readonly { tell(): Promise<void>; giveUp(): void }[];
};

/** As many wishes are heard, and as many pictures of one go out, in one round: whoever waits for a proctor's command waits behind no more. */
const MOST_A_ROUND = 8;

export function openEvidencePost(parts: EvidencePostParts): EvidencePost {
  const { wishes, clock, log } = parts;
  /** What was wrong with each that is tried again: said once. */
  const said = new Map<string, Reason>();
  const complain = (jws: string, reason: Reason, detail: string | undefined): void => {
    if (said.get(jws) !== reason) log.warn({ reason, detail }, 'a wish for pictures');
    said.set(jws, reason);
  };
  const hearOne = async ({ data, id }: ForHere, at: Instant): Promise<void> => {
    try {
      const wish = mustBeForHere(parts, data, at);
      if (wish.says.sittingId === parts.sitsHere()) return;
      const pictures = picturesOf(parts, wish.says);
      await mustBeInLog(parts, { wish, key: data.key });
      take(parts, wish, pictures);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('internal', String(error));
      if (refusal.reason === 'center-down') throw refusal;
      if (FINAL.includes(refusal.reason)) wishes.refuse(id, refusal.reason, clock.wall());
      complain(data.wish, refusal.reason, refusal.detail);
    }
  };
  /** Those that were heard and nothing came of yet: each has its turn before one of them has another. */
  const tried = new Set<string>();
  return {
    async hear(mail, at) {
      const fresh = mail.flatMap((one): readonly ForHere[] => {
        // Another form is a newer center's: whoever asks sees that nothing comes.
        const { data } = EvidenceMail.safeParse(one);
        const id = data && idOf(parts, data.wish);
        if (data && !id) complain(data.wish, 'signature-invalid', 'no wish of the center for here');
        return data && id && !wishes.has(id) ? [{ data, id }] : [];
      });
      const untried = fresh.filter(({ id }) => !tried.has(id));
      if (untried.length === 0) tried.clear();
      for (const one of (untried.length > 0 ? untried : fresh).slice(0, MOST_A_ROUND)) {
        tried.add(one.id);
        await hearOne(one, at);
      }
    },
    errands: () => wishes.open().map((one) => ({ tell: () => tell(parts, one), giveUp: () => wishes.settle(one.id) })),
  };
}

/** A wish that the center signed for this station. */
type ForHere = { readonly data: EvidenceMail; readonly id: EvidenceWish['id'] };

/** What will be no other the next time: the center hears it. */
const FINAL: readonly Reason[] = ['method-unknown', 'signature-invalid', 'evidence-expired', 'evidence-foreign'];

/** Of a wish that the center signed for this station, also where this program can make nothing else of it. */
function idOf({ identity }: EvidencePostParts, jws: string): z.infer<typeof EvidenceWishAddress>['id'] | undefined {
  const { enrolment, centerKeys } = identity;
  if (!enrolment || !centerKeys) return undefined;
  // Also by a key that has ended since: what it signed is in the log, whose head a key of now signs.
  const read = signedByCenter(jws, 'exam-station/evidence-wish', EvidenceWishAddress, centerKeys, ({ at }) => at);
  const isForHere = read.ok && !read.by.revokedAt && read.said.stationId === enrolment.stationId;
  return isForHere ? read.said.id : undefined;
}

/** @throws Refusal as {@link FINAL} */
function mustBeForHere({ identity, clock }: EvidencePostParts, mail: EvidenceMail, at: Instant): SignedWish {
  const keys = identity.centerKeys;
  if (!keys) throw new Refusal('unauthorised', 'this station is not enrolled');
  const read = signedByCenter(mail.wish, 'exam-station/evidence-wish', EvidenceWish, keys, (says) => says.at);
  if (!read.ok) throw new Refusal('method-unknown', 'a newer program would know what to do');
  const says = read.said;
  const longOver = Date.parse(clock.wall()) > Date.parse(says.expiresAt) + MAX_SKEW_MS;
  if (at > says.expiresAt || longOver) throw new Refusal('evidence-expired', says.expiresAt);
  const certified = signedByCenter(mail.key, 'exam-station/inspector-key', InspectorKey, keys, (key) => key.at);
  const isTheirs =
    certified.ok &&
    !certified.by.revokedAt &&
    certified.said.key === says.key &&
    certified.said.accountId === says.by.accountId;
  if (!isTheirs) throw new Refusal('signature-invalid', 'the center did not sign that this key is whose it says');
  return { jws: mail.wish, says };
}

/** @throws Refusal `evidence-foreign` where nobody of that firm had this sitting here */
function picturesOf({ ledger }: EvidencePostParts, { sittingId, tenantId }: EvidenceWish): readonly KeptPicture[] {
  const events = ledger.ofSitting(sittingId).map(({ event }) => event);
  const [opened] = events;
  if (opened?.type !== 'opened' || opened.tenantId !== tenantId)
    throw new Refusal('evidence-foreign', `no sitting ${sittingId} of ${tenantId}`);
  const kept = events.flatMap((event) => (event.type === 'kept' ? [event] : []));
  return [...new Map(kept.map(({ of, picture }) => [of, { of, picture }])).values()];
}

/** The line in the ledger first: nothing goes out of which it does not say so. */
function take({ ledger, wishes, clock }: EvidencePostParts, wish: SignedWish, pictures: readonly KeptPicture[]): void {
  const { id, sittingId, key, by, reason } = wish.says;
  const isWritten = ledger
    .ofSitting(sittingId)
    .some(({ event }) => event.type === 'evidence-asked' && event.wish === id);
  const event: SittingEvent = {
    ...{ type: 'evidence-asked', wish: id, hash: sha256(wish.jws), key, inspector: by, reason },
    pictures: pictures.map(({ picture }) => picture),
  };
  if (!isWritten) ledger.append(sittingId, [event]);
  wishes.take(wish, pictures, clock.wall());
}

/** Tells the center what there is of one wish, as far as it goes in one round. @throws Refusal as the client */
async function tell({ client, wishes, evidence, identity }: EvidencePostParts, one: OpenWish): Promise<void> {
  const { id } = one;
  if (one.refused !== undefined) {
    await client.answerEvidence(id, { kind: 'refused', reason: one.refused });
    return wishes.settle(id);
  }
  const { wish, pictures, listed, left } = one;
  if (!listed) {
    await client.answerEvidence(id, { kind: 'list', pictures });
    wishes.listed(id);
  }
  const certificate = identity.enrolment?.certificate;
  if (!certificate) throw new Refusal('unauthorised', 'this station is not enrolled');
  for (const { of, picture } of left.slice(0, MOST_A_ROUND)) {
    const jpeg = evidence.get(wish.says.tenantId, wish.says.sittingId, picture);
    const file = jpeg && sealEvidence(wish, { of, jpeg }, { signer: identity.signer, certificate });
    await client.answerEvidence(
      id,
      file ? { kind: 'picture', of, file: Buffer.from(file).toString('base64') } : { kind: 'erased', of },
    );
    wishes.sent(id, of);
  }
  if (left.length <= MOST_A_ROUND) wishes.settle(id);
}
