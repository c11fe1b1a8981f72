import { AdmissionSlip, SLIP_MARK } from '../contract/words/admission-slip.ts';
import type { Instant } from '../contract/words/ids.ts';
import { fromBase32, toBase32 } from './base32.ts';
import { type CenterKey, type CenterKeys, isGood } from './center-keys.ts';
import { keyId, type Signer, verifyPacked } from './jws.ts';
import { bareId, packTexts, textsIn } from './packed-texts.ts';
import { no, type Verified } from './verdict.ts';

/**
 * The bytes of a slip, frozen with its version: `01`; the id of the key (8); when it was issued, when its turn begins, until when
 * it is good (milliseconds since 1970, 6 bytes each); then turn, firm, candidate, exam and room. The Ed25519 signature is over the
 * type, a line feed and these bytes.
 */
const TYPE = 'exam-station/admission-slip@1';
const VERSION = 1;
const [KEY_AT, TIMES_AT, TEXTS_AT, SIGNATURE] = [1, 9, 27, 64];
const TIME = 6;

type SlipFacts = Omit<AdmissionSlip, 'format'>;

/** The text of its QR code: the mark and the signed statement, in letters that such a code packs densely. */
export function slipCode(facts: SlipFacts, signer: Pick<Signer, 'publicKey' | 'signPacked'>): string {
  const packed = pack(facts, keyId(signer.publicKey));
  return `${SLIP_MARK}${toBase32(Buffer.concat([packed, signer.signPacked(TYPE, packed)]))}`;
}

/**
 * Did this center issue it? A slip has no log that could say when it was signed: one by a key that was revoked since is none,
 * whatever time it gives.
 */
export function verifySlip(code: string, keys: CenterKeys): Verified<{ readonly slip: AdmissionSlip }> {
  const bytes = code.startsWith(SLIP_MARK) ? fromBase32(code.slice(SLIP_MARK.length)) : undefined;
  if (!bytes || bytes.length < TEXTS_AT + SIGNATURE) return no('slip-invalid', 'this is no slip, or not all of it');
  const [packed, signature] = [bytes.subarray(0, -SIGNATURE), bytes.subarray(-SIGNATURE)];
  const kid = Buffer.from(packed).toString('hex', KEY_AT, TIMES_AT);
  const slip = unpack(packed, kid);
  if (!slip) return no('slip-invalid', 'this is no slip that this program knows');
  const key = keyOf(keys, kid);
  if (!key || key.revokedAt || !isGood(key, slip.issuedAt) || !verifyPacked(packed, TYPE, signature, key.publicKey))
    return no('slip-invalid', `the slip is signed by no key that this center signs with: ${kid}`);
  return { ok: true, slip };
}

function keyOf(keys: CenterKeys, kid: string): CenterKey | undefined {
  if (typeof keys !== 'string') return keys.byId.get(kid);
  return keyId(keys) === kid ? { publicKey: keys } : undefined;
}

function pack({ issuedAt, begins, until, ...ids }: SlipFacts, kid: string): Buffer {
  const head = Buffer.alloc(TEXTS_AT);
  head[0] = VERSION;
  head.write(kid, KEY_AT, 'hex');
  for (const [at, time] of [issuedAt, begins, until].entries())
    head.writeUIntBE(Date.parse(time), TIMES_AT + TIME * at, TIME);
  const { turnId, tenantId, candidateId, examId, room } = ids;
  return Buffer.concat([head, packTexts([turnId, tenantId, candidateId, examId, room].map(bareId))]);
}

/** @returns nothing where {@link pack} never writes this */
function unpack(bytes: Uint8Array, kid: string): AdmissionSlip | undefined {
  const from = Buffer.from(bytes);
  const [turn, tenant, candidate, exam, room, ...more] = textsIn(from.subarray(TEXTS_AT));
  const timeAt = (at: number): Instant | undefined => timeOf(from.readUIntBE(TIMES_AT + TIME * at, TIME));
  const { data } = AdmissionSlip.safeParse({
    format: TYPE,
    ...{ turnId: `tu_${turn}`, tenantId: `tn_${tenant}`, candidateId: `cd_${candidate}` },
    ...{ examId: `ex_${exam}`, room: `tn_${room}` },
    ...{ issuedAt: timeAt(0), begins: timeAt(1), until: timeAt(2) },
  });
  return data && more.length === 0 && pack(data, kid).equals(from) ? data : undefined;
}

/** Six bytes can say a time that no calendar has. */
function timeOf(ms: number): Instant | undefined {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : (date.toISOString() as Instant);
}
