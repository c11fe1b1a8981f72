import type { ToldRow } from '../../contract/platform/told-results.ts';
import { endingOf } from '../../contract/words/id-number.ts';
import type { CandidateId, ExamId, TenantId } from '../../contract/words/ids.ts';
import { isSameName } from '../../contract/words/person-name.ts';
import { hashOf } from '../../proof/index.ts';
import { type NumberedPerson, numberKey } from '../people/index.ts';
import { isProblem, type Problem, type ReadRow, type SaidResult } from './said.ts';

/** What a row comes to, as it is kept. */
export type NewTold = {
  readonly tenantId: TenantId;
  readonly ownId: string;
  readonly content: string;
  readonly candidateId: CandidateId | null;
  readonly name: string | null;
  readonly numberHash: string | null;
  readonly ending: string | null;
  readonly said: SaidResult;
};
export type PlannedRow = { readonly shown: ToldRow; readonly told?: NewTold };

export type ToldFacts = {
  /** Whose results these are: by name and licence number, where a file says whose each is. */
  readonly firmOf: (named: string | undefined) => { readonly tenantId: TenantId } | Problem;
  /** Who is on a roster, or was: by firm and number. */
  readonly byNumber: ReadonlyMap<string, NumberedPerson>;
  /** The same of one firm, by ids that another center has made of numbers. */
  readonly byMadeId: ReadonlyMap<string, NumberedPerson>;
  readonly exams: ReadonlyMap<TenantId, ReadonlySet<ExamId>>;
  /** What was told under these ids before, and not taken back: by firm and id. */
  readonly known: ReadonlyMap<string, string>;
  readonly hashOfNumber: (number: string) => string;
  readonly now: Date;
};

/** A vendor's own id is unique for a firm. */
export const toldKey = ({ tenantId, ownId }: Pick<NewTold, 'tenantId' | 'ownId'>): string => `${tenantId} ${ownId}`;

/** Clocks of others run ahead. */
const AHEAD_MS = 86_400_000;

/** What becomes of each row: pure, so that a look and a deed say the same of the same facts. */
export function planTold(rows: readonly ReadRow[], facts: ToldFacts): readonly PlannedRow[] {
  const seen = new Map(facts.known);
  return rows.map((read) => {
    const { row, ownId, name } = read;
    const told = isProblem(read) ? read : toldOf(ownId, read.said, facts);
    if (isProblem(told)) return { shown: { row, ownId, name, outcome: 'refused', ...reasonOf(told) } };
    const key = toldKey(told);
    const before = seen.get(key);
    const shown = { row, ownId, name: told.name ?? name };
    if (before === undefined) {
      seen.set(key, told.content);
      return { shown: { ...shown, outcome: 'added' }, told };
    }
    if (before === told.content) return { shown: { ...shown, outcome: 'there' } };
    return { shown: { ...shown, outcome: 'refused', problem: 'rival' } };
  });
}

const reasonOf = ({ problem, detail }: Problem) => ({ problem, ...(detail ? { detail } : {}) });

function toldOf(ownId: string, said: SaidResult, facts: ToldFacts): NewTold | Problem {
  const firm = facts.firmOf(said.firm);
  if (isProblem(firm)) return firm;
  const { tenantId } = firm;
  const who = personIn(tenantId, said, facts);
  if (isProblem(who)) return who;
  if (said.examId && !facts.exams.get(tenantId)?.has(said.examId)) return { problem: 'exam-unknown' };
  if (Date.parse(said.submittedAt) > facts.now.getTime() + AHEAD_MS) return { problem: 'time-to-come' };
  const { exam, examId, mode, marks, fullMarks, passed, submittedAt } = said;
  // Who somebody is here may change; what was told of them does not.
  const whom = 'number' in said.who ? facts.hashOfNumber(said.who.number) : said.who;
  const content = hashOf({ tenantId, whom, exam, examId, mode, marks, fullMarks, passed, submittedAt });
  return { tenantId, ownId, content, ...who, said };
}

type Whom = Pick<NewTold, 'candidateId' | 'name' | 'numberHash' | 'ending'>;

function personIn(tenantId: TenantId, { who }: SaidResult, facts: ToldFacts): Whom | Problem {
  if ('madeId' in who) {
    const person = facts.byMadeId.get(who.madeId);
    if (!person) return { candidateId: null, name: null, numberHash: null, ending: null };
    return { candidateId: person.candidateId, name: person.name, ...numbered(person.number, facts) };
  }
  const person = facts.byNumber.get(numberKey({ tenantId, number: who.number }));
  if (person && !isSameName(person.name, who.name)) return { problem: 'name-other' };
  return { candidateId: person?.candidateId ?? null, name: who.name, ...numbered(who.number, facts) };
}

const numbered = (number: string, { hashOfNumber }: ToldFacts) => ({
  ...{ numberHash: hashOfNumber(number), ending: endingOf(number) },
});
