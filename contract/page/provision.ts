import { z } from 'zod';

/** What an administrator says of a terminal, in the order in which it is asked for. Codes and PIN as people write them. */
export const PROVISION_FIELDS = [
  ...(['name', 'room', 'center', 'enrolmentCode', 'centerKey', 'plainHttp'] as const),
  ...(['display', 'cameras', 'reader', 'relay', 'printer', 'seat'] as const),
  ...(['administratorPin', 'recoveryCode'] as const),
] as const;
export const ProvisionField = z.enum(PROVISION_FIELDS);
export type ProvisionField = z.infer<typeof ProvisionField>;

/** Several cameras are separated by semicolons; `plainHttp` is `1` or nothing. What is empty is not said. */
export const ProvisionWish = z.partialRecord(ProvisionField, z.string().max(400)).readonly();
export type ProvisionWish = z.infer<typeof ProvisionWish>;

/** What can be wrong with a field; the sentences are `provision.wrong.*` of the catalogue. */
const FIELD_PROBLEMS = [
  ...(['unknown', 'missing', 'long', 'not-text', 'address', 'code', 'key', 'seat'] as const),
  ...(['pin', 'pin-easy', 'recovery', 'plain', 'switch'] as const),
] as const;
export const FieldProblem = z.enum(FIELD_PROBLEMS);
export type FieldProblem = z.infer<typeof FieldProblem>;

/** `field` is as it was written, where nobody knows it. */
export const WrongField = z.object({ field: z.string().max(100), problem: FieldProblem }).readonly();
export type WrongField = z.infer<typeof WrongField>;

/** A new terminal is set up by whoever stands there; later by whoever has the administrator's PIN. */
export const SetUp = z.enum(['needed', 'by-administrator']);
export type SetUp = z.infer<typeof SetUp>;

/** A display as an administrator tells it from another. */
export const DisplaySeen = z
  .object({
    /** Counted from the left, from 1. */
    place: z.int().min(1),
    label: z.string().max(100),
    size: z.string().max(40),
  })
  .readonly();
export type DisplaySeen = z.infer<typeof DisplaySeen>;
export const DisplaysSeen = z.array(DisplaySeen).max(20).readonly();

/** For whoever sets the terminal up: what is written down, without its secrets, and what is plugged in. */
export const SetUpSeen = z
  .object({
    /** Stands for the PIN in what follows. */
    pass: z.string(),
    enrolled: z.boolean(),
    now: ProvisionWish,
    displays: DisplaysSeen,
    ports: z.array(z.string().max(200)).max(100).readonly(),
  })
  .readonly();
export type SetUpSeen = z.infer<typeof SetUpSeen>;

/** Who answers at an address; that it has its key is proven. */
export const CenterTest = z.object({ keyId: z.string(), key: z.enum(['as-given', 'other', 'not-given']) }).readonly();
export type CenterTest = z.infer<typeof CenterTest>;

/** Nothing is wrong: it is written down. `recoveryCode` is to be shown once. */
export const ProvisionReply = z
  .object({ wrong: z.array(WrongField).readonly(), recoveryCode: z.string().optional() })
  .readonly();
export type ProvisionReply = z.infer<typeof ProvisionReply>;
