import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BankVersion, BankVersions } from '../../contract/people-center/bank-versions.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import type { Exam } from '../../contract/words/exam.ts';
import type { Bank } from '../../contract/words/items.ts';
import { bankFromFile, makeBank } from '../../proof/index.ts';
import { demoBank } from '../seed/index.ts';
import {
  enrolStation,
  FROM_HERE,
  formTokenIn,
  openTestCenter,
  signIn,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { bankChanges } from './bank-changes.ts';

let open: TestCenter;
let station: TestStation;
beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
});
afterAll(() => open.close());

const ask = async <T>(method: 'GET' | 'POST', url: string, payload?: object) => {
  const headers = { authorization: `Bearer ${open.secrets.operatorToken}` };
  const reply = await open.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  return { status: reply.statusCode, json: reply.json<T>() };
};
const examNow = async (): Promise<Exam> => {
  const { exams } = await station.assignment();
  return exams.find(({ id }) => id === 'ex_demo') as Exam;
};
const versions = async () =>
  (await ask<BankVersions>('GET', operatorPaths.bankVersions)).json.exams.find(({ examId }) => examId === 'ex_demo')
    ?.versions;
const first = demoBank();
const second: Bank = makeBank(first.title, first.items.slice(1));

describe('the banks of an exam', () => {
  test('are versions: each that it drew from is kept, with when, by whom and what changed', async () => {
    const exam = await examNow();
    const put = { exam: { ...exam, bankId: second.id }, bank: second };
    expect((await ask('POST', operatorPaths.exams, put)).status).toBe(200);
    expect(await versions()).toMatchObject([
      { number: 1, bankId: first.id, items: first.items.length, putBy: null, current: false },
      {
        ...{ number: 2, bankId: second.id, items: first.items.length - 1, current: true },
        ...{ putBy: expect.stringMatching(/^tk_/), changes: { added: 0, removed: 1, changed: 0 } },
      },
    ]);
    // Putting it once more makes no other version.
    await ask('POST', operatorPaths.exams, put);
    expect(await versions()).toHaveLength(2);
  });

  test('stations get the one that an exam names, and the one that it named when they were told', async () => {
    expect((await examNow()).bankId).toBe(second.id);
    for (const { id, items } of [first, second]) {
      const reply = await station.call('GET', paths.bank(id));
      expect(reply.json<Bank>().items).toHaveLength(items.length);
    }
    const never = makeBank(first.title, first.items.slice(3));
    expect((await station.call('GET', paths.bank(never.id))).statusCode).toBe(404);
  });

  test('an earlier one is read whole, with the exam as it was then, and taken up again', async () => {
    const { json } = await ask<BankVersion>('GET', `${operatorPaths.bankVersions}/${first.id}`);
    expect(json.bank).toEqual(first);
    expect(json.exams.find(({ id }) => id === 'ex_demo')?.bankId).toBe(first.id);
    const move = { examId: 'ex_demo', bankId: first.id };
    expect((await ask('POST', operatorPaths.bankVersions, move)).status).toBe(200);
    expect([(await examNow()).bankId, (await versions())?.map(({ current }) => current)]).toEqual([
      first.id,
      [true, false],
    ]);
    expect((await ask('POST', operatorPaths.bankVersions, { ...move, bankId: 'bk_nobody' })).status).not.toBe(200);
    expect((await ask('POST', operatorPaths.bankVersions, { ...move, examId: 'ex_nobody' })).status).not.toBe(200);
  });
});

describe('what changed between two banks', () => {
  const item = (stem: string, answers: readonly string[], key = 0) => ({
    kind: 'single' as const,
    stem: { zh: stem },
    options: answers.map((zh) => ({ zh })),
    key: [key],
    topic: '消防',
  });
  const bank = (...items: ReturnType<typeof item>[]) => bankFromFile({ title: { zh: '题库' }, items });
  const [a, b, c] = [item('甲', ['1', '2']), item('乙', ['3', '4']), item('丙', ['5', '6'])];

  test.each([
    ['nothing', bank(a, b), bank(b, a), { added: 0, removed: 0, changed: 0 }],
    ['one more', bank(a), bank(a, b), { added: 1, removed: 0, changed: 0 }],
    ['another in its place', bank(a, b), bank(a, c), { added: 1, removed: 1, changed: 0 }],
    ['another key', bank(a, b), bank(item('甲', ['1', '2'], 1), b), { added: 0, removed: 0, changed: 1 }],
    ['another wording', bank(a, b), bank(item('甲？', ['1', '2']), b), { added: 0, removed: 0, changed: 1 }],
    ['all at once', bank(a, b), bank(item('甲', ['1', '9']), c), { added: 1, removed: 1, changed: 1 }],
  ])('%s', (_, before, after, changes) => {
    expect(bankChanges(before, after)).toEqual(changes);
  });
});

test('the page lists them, and takes an earlier one up again', async () => {
  const cookie = await signIn(open.app, open.secrets.operatorToken);
  const see = async () => (await open.app.inject({ url: '/banks?lang=en', headers: { cookie } })).body;
  const page = await see();
  expect(page).toContain(second.id);
  expect(page).toContain('0 added, 1 removed, 0 changed');
  const fields = { form: formTokenIn(page), examId: 'ex_demo', bankId: second.id };
  const reply = await open.app.inject({
    ...{ method: 'POST', url: '/banks/use', payload: new URLSearchParams(fields).toString() },
    headers: { cookie, ...FROM_HERE, 'content-type': 'application/x-www-form-urlencoded' },
  });
  expect([reply.statusCode, (await examNow()).bankId]).toEqual([303, second.id]);
});
