import { z } from 'zod';
import type { BulletinLack, BulletinPeopleWish, BulletinPerson } from '../../contract/platform/bulletin.ts';
import type { Cursor } from '../../contract/platform/paging.ts';
import type { Role } from '../../contract/platform/roles.ts';
import { endingOf } from '../../contract/words/id-number.ts';
import { CandidateId, ExamId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { lookedAt } from '../audit/index.ts';
import { type Center, cursorOf, readCursor } from '../base/index.ts';
import { examTitles } from '../exams/index.ts';
import { listNotLearned } from '../learning/index.ts';
import { placesOf } from '../organisations/index.ts';
import { candidatesByIds, listOnRoster } from '../people/index.ts';
import { satWithin } from '../results/index.ts';
import { type ActingAccount, reaches, standingAt } from '../tenants/index.ts';
import { mustBePeriod } from './period.ts';
import { mustBeAccount } from './readers.ts';

/** Who is shown names: whoever supervises the firm, and the firm itself. */
const SEE_NAMES: readonly Role[] = ['bureau', 'inspector', 'firm'];

const After = z.tuple([CandidateId, ExamId]);
type Place = { readonly candidateId: CandidateId; readonly examId: ExamId };

/**
 * Who of a firm has not learned, not sat or not passed: those who are on its roster now. That somebody looked is written down.
 * @throws Refusal `organisation-unknown` where there is no such firm within reach, `unauthorised` where their roles there see no
 * names, `bad-message`
 */
export async function bulletinPeople(
  actor: ActingAccount,
  center: Pick<Center, 'db'>,
  { firm, lack, from, to, after, size }: BulletinPeopleWish,
): Promise<{ readonly rows: readonly BulletinPerson[]; readonly next: Cursor | null }> {
  mustBeAccount(actor);
  mustBePeriod({ from, to });
  const { db } = center;
  const place = (await placesOf(db, [firm])).get(firm);
  const { tenantId } = place ?? {};
  if (!place || !tenantId || actor.roles.every(({ path }) => !place.path.startsWith(path)))
    throw new Refusal('organisation-unknown');
  const standing = reaches(actor, place.path, ...SEE_NAMES)
    ? standingAt(actor, { tenantId, path: place.path })
    : undefined;
  if (!standing) throw new Refusal('unauthorised', 'your roles see no names');
  await lookedAt(standing, center, `bulletin/${lack}`);
  const page = { after: after && placeOf(readCursor(after, After)), size: size + 1 };
  const found =
    lack === 'not-learned'
      ? await listNotLearned(standing, db, tenantId, page)
      : await listOnRoster(standing, db, tenantId, { ...page, ...CONDITIONS[lack], params: [from, to] });
  const shown = found.slice(0, size);
  const people = await candidatesByIds(
    standing,
    db,
    tenantId,
    shown.map(({ candidateId }) => candidateId),
  );
  const titles = await examTitles(standing, db, tenantId);
  const last = shown.at(-1);
  return {
    rows: shown.map(({ candidateId, examId }) => {
      const { name = '', number = '' } = people.get(candidateId) ?? {};
      return { id: candidateId, name, ending: endingOf(number), examId, exam: titles.get(examId) ?? { zh: examId } };
    }),
    next: last && found.length > size ? cursorOf([last.candidateId, last.examId]) : null,
  };
}

const placeOf = ([candidateId, examId]: z.infer<typeof After>): Place => ({ candidateId, examId });

type Condition = Parameters<typeof listOnRoster>[3]['condition'];
/** Months are the two parameters. */
const sat: Condition = ({ tenantId, candidateId, examId, params: [from = '', until = ''] }) =>
  satWithin(tenantId, candidateId, examId, { from, until });
const passed: Condition = ({ tenantId, candidateId, examId, params: [from = '', until = ''] }) =>
  satWithin(tenantId, candidateId, examId, { from, until, passed: true });
const CONDITIONS: Readonly<Record<Exclude<BulletinLack, 'not-learned'>, { readonly condition: Condition }>> = {
  'not-sat': { condition: (of) => `NOT ${sat(of)}` },
  failed: { condition: (of) => `${sat(of)} AND NOT ${passed(of)}` },
};
