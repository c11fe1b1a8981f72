import { z } from 'zod';

/** What an administrator says of a terminal, in the order in which it is asked for. Codes and PIN as people write them. */
export const PROVISION_FIELDS = [
  ...(['name', 'room', 'center', 'enrolmentCode', 'centerKey'] as const),
  ...(['display', 'cameras', 'reader', 'relay', 'seat'] as const),
  ...(['administratorPin', 'recoveryCode'] as const),
] as const;
export const ProvisionField = z.enum(PROVISION_FIELDS);
export type ProvisionField = z.infer<typeof ProvisionField>;

/** Several cameras are separated by semicolons. What is empty is not said. */
export const ProvisionWish = z.partialRecord(ProvisionField, z.string().max(400)).readonly();
export type ProvisionWish = z.infer<typeof ProvisionWish>;

/** What can be wrong with a field; the sentences are `provision.wrong.*` of the catalogue. */
export const FIELD_PROBLEMS = [
  ...(['unknown', 'missing', 'long', 'not-text', 'address', 'code', 'key', 'seat'] as const),
  ...(['pin', 'pin-easy', 'recovery'] as const),
] as const;
export const FieldProblem = z.enum(FIELD_PROBLEMS);
export type FieldProblem = z.infer<typeof FieldProblem>;

/** `field` is as it was written, where nobody knows it. */
export const WrongField = z.object({ field: z.string().max(100), problem: FieldProblem }).readonly();
export type WrongField = z.infer<typeof WrongField>;
