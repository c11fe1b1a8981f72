import { EnrolmentStatement } from '../contract/station-center/center-api.ts';
import type { Sha256 } from '../contract/words/ids.ts';
import type { PublicKey } from '../contract/words/keys.ts';
import { sha256 } from './hash.ts';
import { type Signer, verifyJws } from './jws.ts';
import { normalCode } from './secrets/codes.ts';

/** An enrolment code as it is stored, compared and signed, however it was typed. */
export const hashEnrolmentCode = (typed: string): Sha256 => sha256(`enrolment-code:${normalCode(typed)}`);

/** That whoever enrols with this code has the key. @param centerKey of the center that it is for, where it was given */
export function proveKey(signer: Signer, code: string, centerKey?: PublicKey): string {
  const { publicKey } = signer;
  const says: EnrolmentStatement = {
    codeHash: hashEnrolmentCode(code),
    publicKey,
    ...(centerKey ? { centerKey } : {}),
  };
  return signer.sign('exam-station/enrolment', says);
}

/** Whether that is proven, for this code, and for no other center. */
export function provesKey(
  proof: string,
  { code, publicKey }: { readonly code: string; readonly publicKey: PublicKey },
  centerKey: PublicKey,
): boolean {
  const { data } = EnrolmentStatement.safeParse(verifyJws(proof, 'exam-station/enrolment', publicKey));
  if (!data || data.publicKey !== publicKey || data.codeHash !== hashEnrolmentCode(code)) return false;
  return data.centerKey === undefined || data.centerKey === centerKey;
}
