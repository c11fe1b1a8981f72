import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Bulletin, type BulletinFormat, MOST_PDF_ROWS } from '../../contract/platform/bulletin.ts';
import { BULLETIN_READERS } from '../../contract/platform/jobs.ts';
import type { IssueOutcome } from '../../contract/platform/schedules.ts';
import { IssueId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { platformTranslator } from '../../messages/platform/index.ts';
import { actingNow } from '../accounts/index.ts';
import { noteDone } from '../audit/index.ts';
import { type Center, mendsItself } from '../base/index.ts';
import { type BulletinFile, bulletinTitle, makeFile, readBulletin } from '../bulletin/index.ts';
import { selectOne } from '../database/index.ts';
import { happened } from '../hooks/index.ts';
import type { JobKind } from '../jobs/index.ts';
import { type OrganisationPlace, placesOf } from '../organisations/index.ts';
import { type ActingAccount, reaches, type System } from '../tenants/index.ts';
import { fail } from './due.ts';
import { fileWord, putFile } from './folder.ts';
import { type MailWay, sendLetter } from './mail.ts';
import { ISSUE, IssueRow, SCHEDULE, ScheduleRow } from './rows.ts';

/** Where bulletins can go at this center. */
export type BulletinWays = {
  /** A folder that whoever runs the center named. */
  readonly folder?: string | undefined;
  readonly mail?: MailWay | undefined;
};
type At = Pick<Center, 'db' | 'now'>;

/** Seconds until it is tried again: most of a day in all. */
const AGAIN = [60, 300, 1_800, 7_200, 21_600, 43_200] as const;
const Asked = z.object({ issueId: IssueId });

/** How a bulletin that is due is made, and brought where it is to go. What it came to on a way is not done again. */
export const bulletinIssue = (
  actor: System,
  center: At,
  ways: BulletinWays,
  told: (outcome: 'done' | 'failed') => void = () => undefined,
): JobKind => ({
  atOnce: 1,
  again: (tries) => AGAIN[tries - 1],
  async run({ asked, tries, signal, tell }) {
    const { issueId } = Asked.parse(asked);
    const found = await issueOf(center, issueId);
    if (!found) return undefined;
    const { issue, schedule } = found;
    const place = (await placesOf(center.db, [schedule.organisationId])).get(schedule.organisationId);
    const maker = await actingNow(center.db, schedule, center.now());
    if (place?.state !== 'approved' || !maker || !reaches(maker, place.path, ...BULLETIN_READERS)) {
      await endByItself(actor, center, found);
      return undefined;
    }
    try {
      const sending = await prepared({ center, ways, maker, place, ...found, signal, tell });
      const outcomes = await bring(sending, issue.outcomes, (soFar) =>
        note(center, issueId, { ...UNDER_WAY, outcomes: soFar, tries }),
      );
      if (!outcomes) return undefined;
      const isDone = outcomes.every((one) => one.isDone);
      await note(center, issueId, { outcomes, tries, isDone, isOver: isDone || AGAIN[tries - 1] === undefined });
      told(isDone ? 'done' : 'failed');
      if (!isDone && AGAIN[tries - 1] !== undefined) throw new Error(`bulletin ${issueId}: ${why(outcomes)}`);
      return undefined;
    } catch (error) {
      signal.throwIfAborted();
      // What makes no file now makes none later; and nobody tries again after the last try, whatever it met.
      const isForGood = error instanceof Refusal && !mendsItself(error);
      if (isForGood || AGAIN[tries - 1] === undefined) {
        await fail(center.db, issueId, error instanceof Refusal ? error.reason : 'internal', center.now());
        told('failed');
      }
      throw error;
    }
  },
});
const UNDER_WAY = { isDone: false, isOver: false } as const;
const why = (outcomes: readonly IssueOutcome[]): string =>
  outcomes.flatMap(({ way, reason }) => (reason ? [`${way} ${reason}`] : [])).join(', ');

type Found = { readonly issue: IssueRow; readonly schedule: ScheduleRow };

async function issueOf({ db }: At, id: IssueId): Promise<Found | undefined> {
  const sql = `SELECT ${ISSUE} FROM bulletin_issues WHERE id = $1 AND state = 'waiting'`;
  const issue = await selectOne(db, IssueRow, sql, [id]);
  const of = `SELECT ${SCHEDULE} FROM bulletin_schedules WHERE id = $1`;
  const schedule = issue && (await selectOne(db, ScheduleRow, of, [issue.scheduleId]));
  return issue && schedule ? { issue, schedule } : undefined;
}

type Note = {
  readonly outcomes: readonly IssueOutcome[];
  readonly tries: number;
  readonly isDone: boolean;
  readonly isOver: boolean;
};

/** @returns whether it is still to be brought: what was ended stays so */
async function note({ db, now }: At, id: IssueId, { outcomes, tries, isDone, isOver }: Note): Promise<boolean> {
  const noted = await db.query(
    `UPDATE bulletin_issues SET outcomes = $2, rounds = $3, state = $4, done_at = $5
     WHERE id = $1 AND state = 'waiting' RETURNING id`,
    [
      ...[id, JSON.stringify(outcomes), tries, isDone ? 'sent' : isOver ? 'failed' : 'waiting'],
      isOver ? now().toISOString() : null,
    ],
  );
  return noted.length > 0;
}

/** Whoever ordered it is not shown such bulletins any more, and nobody is in their place. */
const endByItself = (actor: System, { db, now }: At, { issue, schedule }: Found): Promise<void> =>
  db.transaction(async (tx) => {
    const at = now().toISOString();
    const ended = await tx.query(
      'UPDATE bulletin_schedules SET ended_at = $2, role_lost = true WHERE id = $1 AND ended_at IS NULL RETURNING id',
      [schedule.id, at],
    );
    await tx.query(
      `UPDATE bulletin_issues SET state = 'ended', done_at = $2 WHERE schedule_id = $1 AND state = 'waiting'`,
      [issue.scheduleId, at],
    );
    const subject = { kind: 'schedule', id: schedule.id };
    if (ended.length > 0) await noteDone(actor, tx, { tenantId: null, what: 'bulletin-schedule-ended', subject });
  });

type Preparing = Found & {
  readonly center: At;
  readonly ways: BulletinWays;
  readonly maker: ActingAccount;
  readonly place: OrganisationPlace;
  readonly signal: AbortSignal;
  readonly tell: (progress: number) => void;
};
type Sending = Preparing & { readonly title: string; readonly files: readonly BulletinFile[] };

async function prepared(preparing: Preparing): Promise<Sending> {
  const { center, maker, issue, schedule, place, signal, tell } = preparing;
  const { language, grouping, organisationId } = schedule;
  const wish = { from: issue.from, to: issue.to, grouping, below: organisationId };
  const bulletin = await readBulletin(maker, center, wish);
  const files: BulletinFile[] = [];
  for (const format of formatsFor(bulletin, schedule.formats)) {
    const { name, ...file } = await makeFile(bulletin, { format, language }, signal);
    files.push({ ...file, name: `${fileWord(place.name)}-${name}` });
  }
  tell(0.5);
  return { ...preparing, files, title: `${place.name} ${bulletinTitle(platformTranslator(language), bulletin)}` };
}

/** A workbook in place of a PDF that nobody would print. */
function formatsFor({ rows, deductions }: Bulletin, formats: readonly BulletinFormat[]): ReadonlySet<BulletinFormat> {
  const isLong = rows.length + deductions.length > MOST_PDF_ROWS;
  return new Set(formats.map((format) => (format === 'pdf' && isLong ? 'xlsx' : format)));
}

type Step = Where & { readonly go: () => Promise<void> };

/**
 * One way after the other; what each came to is kept at once, so that a crash has little of it done again.
 * @returns nothing where somebody ended it meanwhile: no step comes after that
 */
async function bring(
  sending: Sending,
  before: readonly IssueOutcome[],
  keep: (outcomes: readonly IssueOutcome[]) => Promise<boolean>,
): Promise<readonly IssueOutcome[] | undefined> {
  const steps = stepsOf(sending);
  let outcomes = before.filter((one) => one.isDone && steps.some((step) => isSame(one, step)));
  for (const { way, to, go } of steps.filter((step) => !outcomes.some((one) => isSame(one, step)))) {
    sending.signal.throwIfAborted();
    if (!(await keep(outcomes))) return undefined;
    const reason = await go().then(() => null, reasonOf);
    outcomes = [...outcomes, { way, to, isDone: reason === null, reason }];
  }
  return (await keep(outcomes)) ? outcomes : undefined;
}
type Where = Pick<IssueOutcome, 'way' | 'to'>;
const isSame = (one: Where, other: Where): boolean => one.way === other.way && one.to === other.to;

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.reason;
  throw error;
}

function stepsOf({ center: { db, now }, ways, maker, place, issue, schedule, files, title }: Sending): readonly Step[] {
  const { language } = schedule;
  const t = platformTranslator(language);
  const noteLeft = () =>
    noteDone(maker, db, { tenantId: null, what: 'exported', subject: { kind: 'bulletin', id: issue.id } });
  const toFolder = async (file: BulletinFile): Promise<void> => {
    await putFile(ways.folder, file);
    await noteLeft();
  };
  const toMail = async (to: string): Promise<void> => {
    const id = `${issue.id}.${createHash('sha256').update(to).digest('hex').slice(0, 16)}`;
    await sendLetter(ways.mail, { id, to, subject: title, text: t('schedules.letter', { title }), files });
    await noteLeft();
  };
  const toHook = (): Promise<void> =>
    db.transaction((tx) =>
      happened(tx, { event: 'bulletin.ready', where: async () => place, subjects: [issue.id] }, now()),
    );
  return [
    ...(schedule.folder ? files : []).map(
      (file) => ({ way: 'folder', to: file.name, go: () => toFolder(file) }) as const,
    ),
    ...schedule.mails.map((to) => ({ way: 'mail', to, go: () => toMail(to) }) as const),
    ...(schedule.hook ? [{ way: 'hook', to: null, go: toHook } as const] : []),
  ];
}
