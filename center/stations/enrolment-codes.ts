import { makeCode } from '../../proof/secrets/codes.ts';

/** A one-time enrolment code, `XXXX-XXXX-XXXX`: 60 random bits that a person can type. */
export const makeEnrolmentCode = (): string => makeCode(3, 4);
