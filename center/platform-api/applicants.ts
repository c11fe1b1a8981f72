import type { Applicants } from '../organisations/index.ts';
import { hashPin } from '../people/index.ts';

/** Who keeps accounts of whoever registers an organisation. */
export const applicants: Applicants = { makeCredential: hashPin, letIn: async () => undefined };
