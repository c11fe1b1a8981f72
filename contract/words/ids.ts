import { z } from 'zod';

/**
 * Branded identifiers: strings that cannot be mixed up. Each is opaque; nothing is ever read out of one.
 */
const id = <B extends string>(prefix: string) =>
  z
    .string()
    .regex(new RegExp(`^${prefix}_[A-Za-z0-9-]{1,64}$`))
    .brand<B>();

export const TenantId = id<'TenantId'>('tn');
export type TenantId = z.infer<typeof TenantId>;

export const StationId = id<'StationId'>('st');
export type StationId = z.infer<typeof StationId>;

export const CandidateId = id<'CandidateId'>('cd');
export type CandidateId = z.infer<typeof CandidateId>;
/** What the id of everybody begins with who is on no roster and only tries a station. */
export const VISITOR_ID = 'cd_visitor';

export const ProctorId = id<'ProctorId'>('pr');
export type ProctorId = z.infer<typeof ProctorId>;

export const ExamId = id<'ExamId'>('ex');
export type ExamId = z.infer<typeof ExamId>;

export const BankId = id<'BankId'>('bk');
export type BankId = z.infer<typeof BankId>;

/** A file of questions on its way to be a bank. */
export const BankUploadId = id<'BankUploadId'>('bu');
export type BankUploadId = z.infer<typeof BankUploadId>;

export const ItemId = id<'ItemId'>('it');
export type ItemId = z.infer<typeof ItemId>;

export const OptionId = id<'OptionId'>('op');
export type OptionId = z.infer<typeof OptionId>;

export const CourseId = id<'CourseId'>('co');
export type CourseId = z.infer<typeof CourseId>;

export const LessonId = id<'LessonId'>('le');
export type LessonId = z.infer<typeof LessonId>;

export const SittingId = id<'SittingId'>('si');
export type SittingId = z.infer<typeof SittingId>;

/** A mock exam that is sat at home. */
export const MockId = id<'MockId'>('mk');
export type MockId = z.infer<typeof MockId>;

export const IncidentId = id<'IncidentId'>('in');
export type IncidentId = z.infer<typeof IncidentId>;

export const CommandId = id<'CommandId'>('cm');
export type CommandId = z.infer<typeof CommandId>;

export const UnlockWindowId = id<'SessionId'>('ss');
export type UnlockWindowId = z.infer<typeof UnlockWindowId>;

export const GrantId = id<'GrantId'>('gr');
export type GrantId = z.infer<typeof GrantId>;

/** A token with which somebody comes as a firm's operator, or as the center's administrator. */
export const TokenId = id<'TokenId'>('tk');
export type TokenId = z.infer<typeof TokenId>;

/** Somebody who signed in at the pages of the center. */
export const PageSessionId = id<'PageSessionId'>('ps');
export type PageSessionId = z.infer<typeof PageSessionId>;

/** One thing somebody asked for, however often it is asked again. */
export const ActId = id<'ActId'>('ac');
export type ActId = z.infer<typeof ActId>;

/** A proctor's desk that is open at a station: whoever names it acts for them. */
export const DeskId = id<'DeskId'>('dk');
export type DeskId = z.infer<typeof DeskId>;

/** A package of a course that somebody opened, until it is left: opened again it is another. */
export const PackageOpeningId = id<'PackageOpeningId'>('po');
export type PackageOpeningId = z.infer<typeof PackageOpeningId>;

/** A place in the tree of the platform: a county, a street, a firm, a testing room. */
export const OrganisationId = id<'OrganisationId'>('og');
export type OrganisationId = z.infer<typeof OrganisationId>;

/** Somebody who logs in at the platform as themselves. */
export const AccountId = id<'AccountId'>('ap');
export type AccountId = z.infer<typeof AccountId>;

/** One log-in of theirs, until it ends. */
export const LoginId = id<'LoginId'>('lg');
export type LoginId = z.infer<typeof LoginId>;

/** Long work that somebody asked for. */
export const JobId = id<'JobId'>('jb');
export type JobId = z.infer<typeof JobId>;

/** An address that is told of what happens at a center. */
export const HookId = id<'HookId'>('hk');
export type HookId = z.infer<typeof HookId>;

/** An order that a bulletin comes by itself, at the end of each month or quarter. */
export const ScheduleId = id<'ScheduleId'>('bs');
export type ScheduleId = z.infer<typeof ScheduleId>;

/** One bulletin that came, or is to come, by such an order. */
export const IssueId = id<'IssueId'>('bi');
export type IssueId = z.infer<typeof IssueId>;

/** One thing that such an address is told, however often that is tried. */
export const DeliveryId = id<'DeliveryId'>('msg');
export type DeliveryId = z.infer<typeof DeliveryId>;
/** A time in a room at which an exam is sat. */
export const TurnId = id<'TurnId'>('tu');
export type TurnId = z.infer<typeof TurnId>;

/** An appeal against a result. */
export const AppealId = id<'AppealId'>('al');
export type AppealId = z.infer<typeof AppealId>;

/** That an inspector wants to see the pictures of a sitting. */
export const EvidenceWishId = id<'EvidenceWishId'>('ew');
export type EvidenceWishId = z.infer<typeof EvidenceWishId>;

/** Results that a vendor told of, brought at once. */
export const ToldImportId = id<'ToldImportId'>('ti');
export type ToldImportId = z.infer<typeof ToldImportId>;

/** SHA-256 in lower-case hexadecimal. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Sha256'>();
export type Sha256 = z.infer<typeof Sha256>;

/** An instant on the wall clock, RFC 3339 in UTC with milliseconds. */
export const Instant = z.iso.datetime({ precision: 3 }).brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

export const instant = (at: Date): Instant => Instant.parse(at.toISOString());
