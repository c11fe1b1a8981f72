import { expect, it } from 'vitest';
import { connect } from './page/rpc/client.ts';
import { transportPair } from './page/rpc/rpc.fixture.ts';
import { CommandState } from './people-center/operator-api.ts';
import { Assignment, CommandReport } from './station-center/center-api.ts';
import { Exam, USUAL_RECAPTURE, watchRule } from './words/exam.ts';
import { Check } from './words/readiness.ts';
import { ReasonCode, refusalOf } from './words/reasons.ts';

/** What a newer program may say to this one: see "What a newer program may say" in docs/proof.md. */
const LATER = ReasonCode.parse('mask-worn');
const HASH = '$argon2id$v=19$m=1,t=1,p=1$a$b';

const exam = {
  id: 'ex_1',
  title: { zh: '考试' },
  mode: 'formal',
  bankId: 'bk_1',
  blueprint: { rows: [{ kind: 'single', count: 1, marks: 1 }] },
  durationSeconds: 60,
  passMarks: 1,
  attempts: 1,
  recapture: USUAL_RECAPTURE,
};
const assignment = {
  tenant: { id: 'tn_1', name: '甲' },
  issuedAt: '2026-03-05T08:00:00.000Z',
  visitorExamId: null,
  candidates: [],
};

it('an exam or a proctor of an assignment that cannot be read keeps none of the others away', () => {
  const { exams, proctors } = Assignment.parse({
    ...assignment,
    exams: [{ ...exam, id: 'ex_2', hosts: ['tablet'] }, exam, { ...exam, id: 'ex_3', liveness: 'thermal' }],
    proctors: [
      { id: 'pr_1', name: '赵', pinHash: HASH, role: 'onlooker' },
      { id: 'pr_2', name: '钱', pinHash: HASH, role: 'chief' },
    ],
  });
  expect(exams.map(({ id }) => id)).toEqual(['ex_1']);
  expect(proctors.map(({ id }) => id)).toEqual(['pr_2']);
});

it('a rule for what only a newer station watches is kept, and nothing is done about it', () => {
  const watch = { [LATER]: { action: 'call' }, 'phone-seen': { action: 'note' } };
  const read = Exam.parse({ ...exam, watch });
  expect(JSON.parse(JSON.stringify(read.watch))).toEqual(watch);
  expect(watchRule(read, 'phone-seen')).toEqual({ action: 'note' });
  expect(Exam.safeParse({ ...exam, watch: { 'phone-seen': { action: 'call' } } }).success).toBe(false);
});

it('the reason of a check, and what became of a command, may be any word', () => {
  const said = { zh: '字', en: 'word' };
  const check = { name: 'camera', status: 'WARNING', found: said, expected: said };
  expect(Check.parse({ ...check, reason: LATER })).toMatchObject({ reason: LATER });
  expect(Check.parse({ ...check, reason: 'No Word' }).reason).toBeUndefined();
  expect(CommandReport.parse({ outcome: LATER })).toEqual({ outcome: LATER });
  expect(CommandState.parse({ outcome: LATER })).toEqual({ outcome: LATER });
});

it('a refusal in an unknown word is a refusal all the same', async () => {
  expect(refusalOf(LATER, 'cover the face', 'center-refused')).toMatchObject({
    reason: 'center-refused',
    detail: 'mask-worn: cover the face',
  });
  expect(refusalOf('pin-wrong', 'again')).toMatchObject({ reason: 'pin-wrong', detail: 'again' });
  const { page, station } = transportPair();
  station.onMessage((message) => {
    const { id } = JSON.parse(String(message));
    station.send(JSON.stringify({ id, ok: false, reason: LATER }));
  });
  const client = connect(page, { look: { params: ReasonCode, result: ReasonCode } }, {});
  await expect(client.call('look', LATER)).rejects.toMatchObject({ reason: 'internal', detail: LATER });
});
