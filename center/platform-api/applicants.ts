import { addApproved, hashPassword, isLoginTaken } from '../accounts/index.ts';
import type { Center } from '../base/index.ts';
import type { Applicants } from '../organisations/index.ts';

/** Who keeps accounts of whoever registers an organisation. */
export const applicantsOf = ({ now }: Center): Applicants => ({
  makeCredential: hashPassword,
  isLoginTaken,
  letIn: async (actor, tx, whose) => void (await addApproved(actor, { db: tx, now }, whose)),
});
