import { z } from 'zod';
import { Instant, IssueId, OrganisationId, ScheduleId } from '../words/ids.ts';
import { Locale } from '../words/localized.ts';
import { BulletinFormat, BulletinGrouping } from './bulletin.ts';
import { endpoint } from './endpoint.ts';
import { BULLETIN_READERS } from './jobs.ts';
import { pageOf, paging } from './paging.ts';

export const SCHEDULE_PERIODS = ['month', 'quarter'] as const;
export const SchedulePeriod = z.enum(SCHEDULE_PERIODS);
export type SchedulePeriod = z.infer<typeof SchedulePeriod>;

/** Every month has it. */
export const LAST_DAY = 28;
const MOST_MAILS = 10;

/** Where bulletins go: the folder that whoever runs the center named, addresses by e-mail, webhooks of the organisation. */
const ScheduleWays = z.strictObject({
  folder: z.boolean(),
  mails: z.array(z.email().max(200)).max(MOST_MAILS),
  hook: z.boolean(),
});

const rhythm = {
  period: SchedulePeriod,
  /** Of the month after the period, by China's clock. */
  day: z.int().min(1).max(LAST_DAY),
  hour: z.int().min(0).max(23),
};

export const NewSchedule = z.strictObject({
  organisationId: OrganisationId,
  grouping: BulletinGrouping,
  ...rhythm,
  formats: z.array(BulletinFormat).min(1).max(3),
  language: Locale.default('zh'),
  to: ScheduleWays.refine(({ folder, mails, hook }) => folder || hook || mails.length > 0, 'it has to go somewhere'),
});
export type NewSchedule = z.infer<typeof NewSchedule>;

const SCHEDULE_WAYS = ['folder', 'mail', 'hook'] as const;
/** What became of it on one way. */
export const IssueOutcome = z
  .object({
    way: z.enum(SCHEDULE_WAYS),
    /** The address of an e-mail, what a file was to be called. */
    to: z.string().nullable(),
    isDone: z.boolean(),
    /** Why not, as a code. */
    reason: z.string().nullable(),
  })
  .readonly();
export type IssueOutcome = z.infer<typeof IssueOutcome>;

const issue = {
  id: IssueId,
  organisationId: OrganisationId,
  grouping: BulletinGrouping,
  /** Months, both included. */
  from: z.string(),
  to: z.string(),
  /** Somebody tried whether it comes. */
  isTrial: z.boolean(),
  /** `waiting` while it is tried, and tried again; `ended` where the schedule had ended by then. */
  state: z.enum(['waiting', 'sent', 'failed', 'ended']),
  tries: z.int(),
  madeAt: Instant,
  doneAt: Instant.nullable(),
};
/** As whoever is told of it fetches it: of which period it is, and of what. */
export const Issue = z.object(issue).readonly();
export type Issue = z.infer<typeof Issue>;

/** The last one of a schedule, with what became of it on each way. */
const LastIssue = z
  .object({
    ...issue,
    /** Why it failed as a whole, as a code: nobody tries again; the next period's comes as ever. */
    reason: z.string().nullable(),
    outcomes: z.array(IssueOutcome).readonly(),
  })
  .readonly();
export type LastIssue = z.infer<typeof LastIssue>;

export const Schedule = z
  .object({
    id: ScheduleId,
    organisationId: OrganisationId,
    organisation: z.string(),
    grouping: BulletinGrouping,
    ...rhythm,
    formats: z.array(BulletinFormat).readonly(),
    language: Locale,
    to: ScheduleWays.readonly(),
    madeAt: Instant,
    nextAt: Instant,
    /** It ended by itself: whoever made it is not shown such bulletins any more. */
    endedAt: Instant.nullable(),
    last: LastIssue.nullable(),
  })
  .readonly();
export type Schedule = z.infer<typeof Schedule>;

const byId = z.object({ id: ScheduleId });

/** Bulletins that come by themselves. */
export const scheduleEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/v1/platform/bulletin/schedules',
    who: BULLETIN_READERS,
    says: 'Bulletins that come by themselves: those that you ordered, and those of places that you keep.',
    query: z.object(paging),
    reply: pageOf(Schedule),
  }),
  ways: endpoint({
    method: 'GET',
    path: '/v1/platform/bulletin/schedules/ways',
    who: BULLETIN_READERS,
    says: 'Where they can go at this center.',
    reply: z.object({ folder: z.boolean(), mail: z.boolean() }).readonly(),
  }),
  add: endpoint({
    method: 'POST',
    path: '/v1/platform/bulletin/schedules',
    who: BULLETIN_READERS,
    says: 'Has a bulletin come after each month or quarter. It ends by itself once you are not shown such bulletins any more.',
    body: NewSchedule,
    reply: Schedule,
  }),
  end: endpoint({
    method: 'DELETE',
    path: '/v1/platform/bulletin/schedules/:id',
    who: BULLETIN_READERS,
    says: 'It comes no more.',
    params: byId,
    reply: Schedule,
  }),
  tryNow: endpoint({
    method: 'POST',
    path: '/v1/platform/bulletin/schedules/:id/try',
    who: BULLETIN_READERS,
    says: 'Sends the one of the last period that is over, beside those that come by themselves.',
    params: byId,
    reply: Schedule,
  }),
  issue: endpoint({
    method: 'GET',
    path: '/v1/platform/bulletin/issues/:id',
    who: BULLETIN_READERS,
    says: 'Of which period and place a bulletin is that a webhook told of; its figures are fetched as any others.',
    params: z.object({ id: IssueId }),
    reply: Issue,
  }),
} as const;
