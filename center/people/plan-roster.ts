import type { RowOutcome, RowProblem } from '../../contract/people-center/roster-import.ts';
import { readDay } from '../../contract/words/calendar.ts';
import type { Exam } from '../../contract/words/exam.ts';
import { documentCalled, type ParsedNumber, parseIdNumber } from '../../contract/words/id-number.ts';
import type { CandidateId, ExamId } from '../../contract/words/ids.ts';
import { isSameName } from '../../contract/words/person-name.ts';
import type { Joined, Left } from './memberships.ts';
import type { TypedRow } from './roster-rows.ts';

/** Somebody of the firm, or who was. */
export type OnFile = {
  readonly id: CandidateId;
  readonly name: string;
  readonly number: string;
  readonly examId: ExamId;
  readonly extraMinutes: number | null;
  readonly post: string | null;
  readonly sector: string | null;
  readonly category: string | null;
  readonly left: boolean;
};

/** What a row asks for of somebody; what it does not name stays. */
export type RowWish = {
  readonly number: string;
  readonly name: string;
  readonly examId: ExamId;
  readonly extraMinutes?: number;
  readonly post?: string;
  readonly sector?: string;
  readonly category?: string;
};
type Of<O extends RowOutcome> = {
  readonly row: number;
  readonly name: string;
  readonly number: string;
  readonly outcome: O;
};
export type PlannedRow =
  | (Of<'refused'> & { readonly problem: RowProblem })
  | (Of<'add' | 'change' | 'return'> & { readonly wish: RowWish; readonly joined?: Joined })
  | (Of<'leave'> & { readonly left: Left })
  | (Of<'same'> & { readonly wish?: RowWish });

export type RosterFacts = {
  readonly onFile: ReadonlyMap<string, OnFile>;
  readonly exams: readonly Pick<Exam, 'id' | 'title'>[];
  /** What a row is for that names no exam, of who is new. */
  readonly usual?: ExamId | undefined;
  /** `YYYY-MM-DD`; a day later is no day to leave on. */
  readonly today: string;
};

/** What becomes of each row of a roster: pure, so that what somebody was shown is what is done. */
export function planRoster(rows: readonly TypedRow[], facts: RosterFacts): readonly PlannedRow[] {
  const seen = new Set<string>();
  return rows.map((typed) => {
    const { name = '', number = '' } = typed.text;
    const parsed = numberOf(typed);
    const isNumber = typeof parsed !== 'string' && parsed.ok;
    const known = { row: typed.row, name: name.slice(0, 100), number: isNumber ? parsed.id : number.slice(0, 18) };
    const planned = isNumber && !typed.isFigure ? planRow(typed, parsed.id, facts) : numberProblem(typed, parsed);
    if (typeof planned === 'string') return { ...known, outcome: 'refused', problem: planned };
    if (seen.has(known.number)) return { ...known, outcome: 'refused', problem: 'number-repeated' };
    seen.add(known.number);
    return { ...known, ...planned };
  });
}

/** What stands in the column of the number, of the document that the row names, where it names one. */
export function numberOf({ text }: Pick<TypedRow, 'text'>): ParsedNumber | 'document-unknown' {
  const { number = '', document = '' } = text;
  const told = documentCalled(document);
  return document !== '' && !told ? 'document-unknown' : parseIdNumber(number, told);
}

function numberProblem({ text, isFigure }: TypedRow, parsed: ReturnType<typeof numberOf>): RowProblem {
  if (isFigure) return 'number-figure';
  if (!text.number) return 'number-missing';
  if (typeof parsed === 'string') return parsed;
  return parsed.ok ? 'number-malformed' : parsed.reason;
}

const ACTIONS: readonly (readonly [Action, RegExp])[] = [
  ['put', /^$|^(新增|在职|正常|在岗|add)$/i],
  ['change', /^(变更|修改|更名|change)$/i],
  ['leave', /^(离职|离开|移出|移除|退出|leave)$/i],
  ['come', /^(调入|transferin)$/i],
  ['go', /^(调出|transferout)$/i],
];
type Action = 'put' | 'change' | 'leave' | 'come' | 'go';

type Planned =
  | { readonly outcome: 'add' | 'change' | 'return'; readonly wish: RowWish; readonly joined?: Joined }
  | { readonly outcome: 'leave'; readonly left: Left }
  | { readonly outcome: 'same'; readonly wish?: RowWish };

const MOST_LETTERS = 100;
const MOST_REASON = 500;

function planRow({ text }: TypedRow, number: string, facts: RosterFacts): Planned | RowProblem {
  const { action: typed = '', reason = '', ...rest } = text;
  if (reason.length > MOST_REASON || Object.values(rest).some(({ length }) => length > MOST_LETTERS))
    return 'text-long';
  const action = ACTIONS.find(([, pattern]) => pattern.test(typed.replace(/\s/g, '')))?.[0];
  if (!action) return 'action-unclear';
  const before = facts.onFile.get(number);
  const day = dayOf(text.day, facts.today);
  if (day === 'day-unclear') return day;
  const moved = { on: day, why: reason };
  if (action === 'leave' || action === 'go') {
    if (!before) return 'not-on-roster';
    if (text.name && !isSameName(before.name, text.name)) return 'name-other';
    if (before.left) return { outcome: 'same' };
    if (reason === '') return 'reason-missing';
    // Somewhere it is tomorrow already.
    if (Date.parse(day) > Date.parse(facts.today) + 86_400_000) return 'day-to-come';
    return { outcome: 'leave', left: { ...moved, ...(text.firm ? { to: text.firm } : {}) } };
  }
  const wish = wishIn(text, number, before, facts);
  if (typeof wish === 'string') return wish;
  if (before && action !== 'change' && !isSameName(before.name, wish.name)) return 'name-other';
  if (action === 'come' && (!before || before.left) && reason === '') return 'reason-missing';
  const joined = text.day || reason || text.firm ? { ...moved, ...(text.firm ? { from: text.firm } : {}) } : undefined;
  const how = { wish, ...(joined ? { joined } : {}) };
  if (!before) return { outcome: 'add', ...how };
  if (before.left) return { outcome: 'return', ...how };
  return isSame(before, wish) ? { outcome: 'same', wish } : { outcome: 'change', wish };
}

function dayOf(typed: string | undefined, today: string): string {
  return typed ? (readDay(typed) ?? 'day-unclear') : today;
}

/** Whoever is on the roster keeps their exam where the row names none. */
function wishIn(
  { name, exam, minutes, post, sector, category }: TypedRow['text'],
  number: string,
  before: OnFile | undefined,
  { exams, usual }: RosterFacts,
): RowWish | RowProblem {
  if (!name) return 'name-missing';
  if (!exam && !before && !usual) return 'exam-missing';
  const examId = exam ? examNamed(exam, exams) : (before?.examId ?? exams.find(({ id }) => id === usual)?.id);
  if (!examId) return 'exam-unknown';
  if (minutes !== undefined && !/^\d{1,3}$/.test(minutes)) return 'minutes-unclear';
  const extraMinutes = minutes === undefined ? undefined : Number(minutes);
  if (extraMinutes !== undefined && extraMinutes > MOST_MINUTES) return 'minutes-unclear';
  return {
    ...{ number, name, examId },
    ...(extraMinutes === undefined ? {} : { extraMinutes }),
    ...(post ? { post } : {}),
    ...(sector ? { sector } : {}),
    ...(category ? { category } : {}),
  };
}
const MOST_MINUTES = 600;

/** By its id, or by a title that no other exam has. */
function examNamed(typed: string, exams: RosterFacts['exams']): ExamId | undefined {
  const byId = exams.find(({ id }) => id === typed);
  const byTitle = exams.filter(({ title }) => title.zh === typed || title.en === typed);
  return byId?.id ?? (byTitle.length === 1 ? byTitle[0]?.id : undefined);
}

const isSame = (before: OnFile, wish: RowWish): boolean =>
  before.name === wish.name &&
  before.examId === wish.examId &&
  [
    [wish.extraMinutes, before.extraMinutes ?? (wish.extraMinutes === 0 ? 0 : null)],
    [wish.post, before.post],
    [wish.sector, before.sector],
    [wish.category, before.category],
  ].every(([wished, is]) => wished === undefined || wished === is);
