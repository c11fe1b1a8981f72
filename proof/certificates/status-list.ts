import { gunzipSync, gzipSync } from 'node:zlib';
import { LIST_SIZE, STATUS_CONTEXT, StatusList, type StatusPurpose } from '../../contract/records/certificates.ts';
import { type Instant, instant } from '../../contract/words/ids.ts';
import { type Issuing, listId, statementOf } from './credential.ts';
import { signDocument } from './data-integrity.ts';
import { didOf } from './multibase.ts';

/** Somebody who has not looked for so long does not know any more. */
const GOOD_FOR_MS = 24 * 3_600_000;

/** @param set places in this list whose bit is set */
export function statusListOf(
  center: Issuing,
  { name, purpose }: { readonly name: string; readonly purpose: StatusPurpose },
  set: readonly number[],
  now: Instant,
): StatusList {
  const id = listId(center, name);
  const { signer, keys } = center;
  const signed = signDocument(
    {
      '@context': STATUS_CONTEXT,
      id,
      type: ['VerifiableCredential', 'BitstringStatusListCredential'] as const,
      issuer: { id: didOf(signer.publicKey), ...statementOf(keys, signer.publicKey) },
      validFrom: now,
      validUntil: instant(new Date(Date.parse(now) + GOOD_FOR_MS)),
      credentialSubject: {
        id: `${id}#list`,
        type: 'BitstringStatusList' as const,
        statusPurpose: purpose,
        encodedList: encodeBits(set),
      },
    },
    signer,
    now,
  );
  return StatusList.parse(signed);
}

/** The first bit is the highest of the first byte; in gzip and base64url, behind the letter of that (W3C Bitstring Status List, 3.3). */
export function encodeBits(set: readonly number[]): string {
  const bits = Buffer.alloc(LIST_SIZE / 8);
  for (const place of set) bits[place >> 3] = (bits[place >> 3] ?? 0) | (0x80 >> (place & 7));
  return `u${gzipSync(bits).toString('base64url')}`;
}

/** @returns whether the bit at this place is set; nothing where this is no list of the size, or has no such place */
export function isSet(encodedList: string, place: number): boolean | undefined {
  try {
    // A few bytes unpack to any size: no more than one list is taken out of them.
    const bits = gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'), { maxOutputLength: LIST_SIZE / 8 });
    if (bits.length !== LIST_SIZE / 8 || place >= LIST_SIZE) return undefined;
    return ((bits[place >> 3] ?? 0) & (0x80 >> (place & 7))) !== 0;
  } catch {
    return undefined;
  }
}
