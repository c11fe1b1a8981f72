import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { importBank } from '../../authoring/import/index.ts';
import type { BankVersions } from '../../contract/people-center/bank-versions.ts';
import type { ItemReport } from '../../contract/platform/banks.ts';
import type { ExamDetails, ExamRules, ListedExam, RulesLook } from '../../contract/platform/exams.ts';
import { type BankId, OrganisationId, type TenantId } from '../../contract/words/ids.ts';
import type { Bank } from '../../contract/words/items.ts';
import { readBank } from '../exams/index.ts';
import { ROOT } from '../organisations/index.ts';
import type { ActingAccount, System } from '../tenants/index.ts';
import { accountAt, openTestCenter, platformOf, type TestCenter } from '../testing/index.ts';

let open: TestCenter;
let platform: ReturnType<typeof platformOf>;
let clerk: ActingAccount;
let at: string;
let examId: string;
let tenant: TenantId;
const SYSTEM: System = { kind: 'system' };

const ask = async <T>(method: string, path: string, payload?: object) => {
  const reply = await platform.ask(clerk, { method, url: `${at}${path}`, ...(payload ? { payload } : {}) });
  return { status: reply.statusCode, json: reply.json<T & { readonly reason?: string; readonly detail?: string }>() };
};
const details = async () => (await ask<ExamDetails>('GET', `/exam-rules/${examId}`)).json;
const look = async (rules: ExamRules) => (await ask<RulesLook>('POST', `/exam-rules/${examId}/look`, { rules })).json;
const save = (version: string, rules: ExamRules) => ask('PUT', `/exam-rules/${examId}`, { version, rules });

beforeAll(async () => {
  open = await openTestCenter({ seed: 'none' });
  platform = platformOf(open);
  const admin = await accountAt(open, 'platform', ROOT);
  const none = { licence: null, sector: null, size: null, contact: null, phone: null };
  const payload = { ...none, kind: 'firm', parentId: ROOT, name: '建安一公司' };
  const added = await platform.ask(admin, { method: 'POST', url: '/v1/platform/organisations', payload });
  const firm = OrganisationId.parse(added.json<{ id: string }>().id);
  clerk = await accountAt(open, 'firm', firm);
  tenant = clerk.roles[0]?.tenantId as TenantId;
  at = `/v1/platform/firms/${firm}`;
  examId = (await ask<{ examId: string }>('POST', '/seed-exam', {})).json.examId;
});
afterAll(async () => {
  await platform.app.close();
  await open.close();
});

describe('the rules of an exam', () => {
  test('are shown with what the bank has, and since when', async () => {
    const { json } = await ask<{ exams: readonly ListedExam[] }>('GET', '/exam-rules');
    expect(json.exams).toMatchObject([{ id: examId, mode: 'formal' }]);
    const { bank, versions, handed, version } = await details();
    expect(bank.kinds.reduce((sum, { items }) => sum + items, 0)).toBe(bank.items);
    expect(json.exams[0]?.ofItems).toBe(bank.items);
    expect({ handed, versions }).toMatchObject({ handed: false, versions: [{ version, current: true }] });
  });

  test('are looked at before they are saved: what the bank lacks, and what forms are like', async () => {
    const { rules, bank } = await details();
    const single = bank.kinds.find(({ kind }) => kind === 'single')?.items as number;
    const fits = await look({ ...rules, passMarks: 1, blueprint: { rows: [{ kind: 'single', count: 2, marks: 1 }] } });
    expect(fits).toMatchObject({ marks: 2, lacks: [], problem: null, drawn: { violations: 0 } });
    expect(fits.drawn?.piles).toMatchObject([{ rows: [1], items: single }]);
    const few = await look({ ...rules, blueprint: { rows: [{ kind: 'single', count: single + 3, marks: 1 }] } });
    expect(few).toMatchObject({ lacks: [{ rows: [1], missing: 3, why: 'items' }], drawn: null });
    expect(few.problem?.reason).toBe('bad-message');
    const capped = { rows: [{ kind: 'single', count: 2, marks: 50 } as const], rules: { maxExposure: 1 / single } };
    expect(await look({ ...rules, blueprint: capped })).toMatchObject({
      lacks: [{ missing: single, why: 'exposure' }],
      problem: { reason: 'bank-too-small' },
    });
    expect((await details()).rules).toEqual(rules);
  });

  test('are changed as they were seen, and by nobody who saw others', async () => {
    const { rules, version } = await details();
    const others: ExamRules = {
      ...{ ...rules, attempts: 5, durationSeconds: 1800, liveness: 'passive', evidenceDays: 30 },
      templateUpdate: { most: 2, days: 180 },
    };
    const saved = await save(version, others);
    expect(saved.status).toBe(200);
    expect(await details()).toMatchObject({
      rules: others,
      versions: [{ current: true }, { version, current: false }],
    });
    expect((await save(version, rules)).json.reason).toBe('exam-changed');
    // What is left out is as it usually is.
    const now = await details();
    const back = await save(now.version, rules);
    expect(back.json).toEqual({ version });
    expect((await details()).rules).toEqual(rules);
  });

  test('are refused where nobody could sit by them', async () => {
    const { rules, version } = await details();
    const wrong: readonly (readonly [ExamRules, string])[] = [
      [{ ...rules, blueprint: { rows: [{ kind: 'numeric', count: 500, marks: 1 }] }, passMarks: 1 }, 'bank-too-small'],
      [{ ...rules, passMarks: 100_000 }, 'bad-message'],
      [{ ...rules, home: 'allowed' }, 'bad-message'],
      [{ ...rules, title: { zh: '  ' } }, 'bad-message'],
      [{ ...rules, recapture: { ...rules.recapture, minSeconds: 60, maxSeconds: 30 } }, 'bad-message'],
    ];
    for (const [one, reason] of wrong) expect((await save(version, one)).json.reason).toBe(reason);
    expect((await details()).version).toBe(version);
  });

  test('make another exam of the same bank', async () => {
    const { rules } = await details();
    const title = { zh: '模拟练习' };
    const made = await ask<{ id: string }>('POST', `/exam-rules/${examId}/another`, {
      rules: { ...rules, title, mode: 'mock', home: 'allowed' },
    });
    const { json } = await ask<{ exams: readonly ListedExam[] }>('GET', '/exam-rules');
    expect(json.exams.find(({ id }) => id === made.json.id)).toMatchObject({ title, mode: 'mock' });
    expect(json.exams).toHaveLength(2);
  });
});

describe('a bank', () => {
  test('is taken along as a file that reads back as the same questions, and that is written down', async () => {
    const { bank } = await details();
    const [version] = (await ask<BankVersions>('GET', '/banks')).json.exams[0]?.versions ?? [];
    const file = `${at}/banks/${version?.bankId}/file`;
    const json = await platform.ask(clerk, { method: 'GET', url: `${file}?format=json` });
    expect(json.headers['content-disposition']).toMatch(/^attachment; filename="bank-[\w-]+\.json"$/);
    const { items } = await importBank(json.rawPayload, 'bank.json');
    const whole = JSON.parse(await readBank(SYSTEM, open.center.db, tenant, version?.bankId as BankId)) as Bank;
    expect(items.map(({ id }) => id)).toEqual(whole.items.map(({ id }) => id));
    const csv = await platform.ask(clerk, { method: 'GET', url: `${file}?format=csv` });
    // Pictures go into no CSV: then it says so, and is refused.
    expect(csv.statusCode === 200 || csv.json<{ reason: string }>().reason === 'not-a-workbook').toBe(true);
    const lines = await open.center.db.query("SELECT 1 FROM audit_lines WHERE what = 'exported' AND subject_id = $1", [
      version?.bankId,
    ]);
    expect(lines.length).toBeGreaterThan(0);
    expect((await ask('GET', '/banks/bk_none/file?format=json')).json.reason).toBe('item-unknown');
    const report = await ask<ItemReport>('GET', `/banks/${version?.bankId}/statistics`);
    expect(report.json).toMatchObject({ sittings: 0, bankItems: bank.items, asked: 0, reliability: null, items: [] });
  });
});
