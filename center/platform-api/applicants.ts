import type { Center } from '../base/index.ts';
import type { Applicants } from '../organisations/index.ts';
import { hashPin } from '../people/index.ts';

/** Who keeps accounts of whoever registers an organisation. */
export const applicantsOf = (_center: Center): Applicants => ({
  makeCredential: hashPin,
  letIn: async () => undefined,
});
