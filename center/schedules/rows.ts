import { z } from 'zod';
import { BulletinFormat, BulletinGrouping } from '../../contract/platform/bulletin.ts';
import {
  Issue,
  IssueOutcome,
  type LastIssue,
  type Schedule,
  SchedulePeriod,
} from '../../contract/platform/schedules.ts';
import { AccountId, IssueId, instant, OrganisationId, ScheduleId, TokenId } from '../../contract/words/ids.ts';
import { Locale } from '../../contract/words/localized.ts';

export const ScheduleRow = z
  .object({
    id: ScheduleId,
    organisationId: OrganisationId,
    account: AccountId,
    token: TokenId.nullable(),
    grouping: BulletinGrouping,
    period: SchedulePeriod,
    day: z.int(),
    hour: z.int(),
    formats: z.array(BulletinFormat).readonly(),
    language: Locale,
    folder: z.boolean(),
    mails: z.array(z.string()).readonly(),
    hook: z.boolean(),
    madeAt: z.date(),
    nextAt: z.date(),
    endedAt: z.date().nullable(),
  })
  .readonly();
export type ScheduleRow = z.infer<typeof ScheduleRow>;
export const SCHEDULE = `id, organisation_id AS "organisationId", account_id AS account, token_id AS token, grouping, period, day,
  hour, formats, language, folder, mails, hook, made_at AS "madeAt", next_at AS "nextAt", ended_at AS "endedAt"`;

export const IssueRow = z
  .object({
    id: IssueId,
    scheduleId: ScheduleId,
    from: z.string(),
    to: z.string(),
    isTrial: z.boolean(),
    state: Issue.unwrap().shape.state,
    outcomes: z.string().transform((text) => z.array(IssueOutcome).readonly().parse(JSON.parse(text))),
    tries: z.int(),
    reason: z.string().nullable(),
    madeAt: z.date(),
    doneAt: z.date().nullable(),
  })
  .readonly();
export type IssueRow = z.infer<typeof IssueRow>;
export const ISSUE = `id, schedule_id AS "scheduleId", from_month AS "from", to_month AS "to", trial AS "isTrial", state, outcomes,
  rounds AS tries, reason, made_at AS "madeAt", done_at AS "doneAt"`;

export function shownIssue({ scheduleId: _, madeAt, doneAt, ...row }: IssueRow, of: ScheduleRow): LastIssue {
  const { organisationId, grouping } = of;
  return { ...row, organisationId, grouping, madeAt: instant(madeAt), doneAt: doneAt && instant(doneAt) };
}

export function shownSchedule(row: ScheduleRow, organisation: string, last: IssueRow | undefined): Schedule {
  const { folder, mails, hook, madeAt, nextAt, endedAt, account: _, token: __, ...more } = row;
  return {
    ...{ ...more, organisation, to: { folder, mails: [...mails], hook } },
    ...{ madeAt: instant(madeAt), nextAt: instant(nextAt), endedAt: endedAt && instant(endedAt) },
    last: last ? shownIssue(last, row) : null,
  };
}
