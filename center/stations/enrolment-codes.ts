import type { Sha256 } from '../../contract/words/ids.ts';
import { sha256 } from '../../proof/index.ts';
import { makeCode, normalCode } from '../../proof/secrets/codes.ts';

/** A one-time enrolment code, `XXXX-XXXX-XXXX`: 60 random bits that a person can type. */
export const makeEnrolmentCode = (): string => makeCode(3, 4);

/** The code as it is stored and compared. */
export const hashEnrolmentCode = (typed: string): Sha256 => sha256(`enrolment-code:${normalCode(typed)}`);
