import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import type { ExamRecord } from '../../contract/records/index.ts';
import type { ResultReceipt } from '../../contract/records/result-receipt.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { AppealId } from '../../contract/words/ids.ts';
import { RECEIPT_PATH, shortCode } from '../../contract/words/receipt-code.ts';
import { explainOfCenter } from '../../messages/of-center.ts';
import { WORKER_WORDS } from '../../messages/worker/index.ts';
import { hashOf, receiptCode, receiptOf, type Signer } from '../../proof/index.ts';
import { decideAppeal } from '../appeals/index.ts';
import { ROOT } from '../organisations/index.ts';
import {
  accountAt,
  addOtherTenant,
  batchOf,
  enrolStation,
  FROM_HERE,
  newSigner,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { MESSAGES } from './messages.ts';

let open: TestCenter;
let station: TestStation;
let theirs: TestStation;
let logged: ExamRecord;
let disputed: ExamRecord;

const settle = ({ sittingId }: ExamRecord, decision: string) =>
  open.app.inject({
    ...{ method: 'POST', url: operatorPaths.disputes },
    headers: { authorization: `Bearer ${open.secrets.operatorToken}` },
    payload: { sittingId, decision, by: '试验员', note: '编造的记录' },
  });

beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  theirs = await enrolStation(open.app, (await addOtherTenant(open)).code, '别家');
  logged = recordOf(station, { marks: 86.5, exam: { id: 'ex_x', title: { zh: '<b>动火</b>' }, mode: 'formal' } });
  disputed = recordOf(station);
  await station.call('POST', paths.batches, await batchOf(station, [disputed, logged]));
  await settle(logged, 'stands');
});
afterAll(() => open.close());

const codeOf = (record: ExamRecord, signer: Signer, changes: Partial<ResultReceipt> = {}): string =>
  receiptCode({ ...receiptOf(record, hashOf(record)), ...changes }, signer, 'https://center.example');
const see = async (code: string, lang = 'zh') => {
  const { pathname } = new URL(code);
  const { statusCode, body, headers } = await open.app.inject(`${pathname}?lang=${lang}`);
  return { statusCode, body, headers };
};
const { receiptLogged, receiptWaiting, receiptWrong } = MESSAGES.zh;
/** As a browser sends the form of the page. */
const send = (
  code: string,
  fields: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>> = FROM_HERE,
) =>
  open.app.inject({
    ...{ method: 'POST', url: `${new URL(code).pathname}?lang=zh`, payload: new URLSearchParams(fields).toString() },
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...more },
  });

describe('the address on a receipt', () => {
  test('shows anybody that its record is logged, and what it came to, but not whose it is', async () => {
    const code = codeOf(logged, station.signer);
    const { statusCode, body, headers } = await see(code);
    expect(statusCode).toBe(200);
    for (const said of [receiptLogged, '86.5 / 100', '&lt;b&gt;动火&lt;/b&gt;', shortCode(code)])
      expect(body).toContain(said);
    for (const secret of ['张示范', '0016', logged.candidateId, logged.sittingId, station.tenantId, station.stationId])
      expect(body).not.toContain(secret);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['cache-control']).toBe('no-store');
    expect((await see(code, 'en')).body).toContain(MESSAGES.en.receiptLogged);
  });

  test('says of one that is disputed that it does not count, and of one that is void that it never does', async () => {
    const code = codeOf(disputed, station.signer);
    const { receiptDisputed, receiptVoid } = MESSAGES.zh;
    const said = async () => {
      const { body } = await see(code);
      return [receiptLogged, receiptDisputed, receiptVoid].filter((words) => body.includes(words));
    };
    expect(await said()).toEqual([receiptDisputed]);
    await settle(disputed, 'void');
    expect(await said()).toEqual([receiptVoid]);
  });

  test('says of a record that is still under way that it is', async () => {
    const { statusCode, body } = await see(codeOf(recordOf(station), station.signer));
    expect([statusCode, body.includes(receiptWaiting), body.includes(receiptLogged)]).toEqual([200, true, false]);
  });

  test('says nothing where no station of this center signed it', async () => {
    const forged = [
      codeOf(logged, newSigner()),
      // Another firm's station knows the id and the hash, and gets nothing by them.
      codeOf(logged, theirs.signer),
      codeOf(recordOf(station, { stationId: 'st_unknown' }), station.signer),
    ];
    for (const code of forged) {
      const { statusCode, body } = await see(code);
      expect([statusCode, body.includes(receiptWrong), body.includes('86.5')]).toEqual([404, true, false]);
    }
  });

  test('of another firm’s station never shows what is this one’s', async () => {
    const code = codeOf(logged, theirs.signer, { stationId: theirs.stationId });
    const { body } = await see(code);
    expect([body.includes(receiptLogged), body.includes('动火')]).toEqual([false, false]);
    expect(body).toContain(receiptWaiting);
  });

  test('is wrong where the station signed something else than it had logged', async () => {
    for (const changes of [{ marks: 100 }, { recordHash: receiptOf(logged, hashOf('x')).recordHash }]) {
      const { statusCode, body } = await see(codeOf(logged, station.signer, changes));
      expect([statusCode, body.includes(receiptWrong)]).toEqual([404, true]);
    }
  });

  test('cannot be guessed at: an id, a hash, half of it or nonsense lead nowhere', async () => {
    const whole = new URL(codeOf(logged, station.signer)).pathname;
    const asked = [
      `${RECEIPT_PATH}${logged.sittingId}`,
      `${RECEIPT_PATH}${logged.sittingId}?h=${hashOf(logged)}`,
      RECEIPT_PATH,
      `${RECEIPT_PATH}${'A'.repeat(500)}`,
      `${RECEIPT_PATH}%00%3Cscript%3E`,
      whole.slice(0, -8),
      whole.toLowerCase().replace('/r/', RECEIPT_PATH),
    ];
    const replies = await Promise.all(asked.map((url) => open.app.inject(url)));
    expect(replies.map(({ statusCode }) => statusCode)).toEqual(asked.map(() => 404));
    for (const { body } of replies)
      for (const secret of ['<script', '86.5', '动火', receiptLogged, receiptWaiting])
        expect(body).not.toContain(secret);
  });
});

describe('an appeal by whoever holds a receipt', () => {
  const words = WORKER_WORDS.zh;
  const whole = { ground: 'marks', text: '第三题 <b>应该</b>\r\n给分' };

  test('is made where it is shown, waits, and is shown with the answer and the marks that count since', async () => {
    const code = codeOf(logged, station.signer);
    expect((await see(code)).body).toContain('<form method="post" action="?lang=zh#appeal">');
    const reply = await send(code, whole);
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '?lang=zh#appeal']);
    const waiting = (await see(code)).body;
    expect([waiting.includes(words('appeal.state.open')), waiting.includes('<form')]).toEqual([true, false]);
    // Whoever is shown the receipt is not told what its holder wrote.
    expect(waiting).not.toContain('应该');
    const [appeal] = await open.center.db.query('SELECT id, reason, made_by AS by FROM appeals');
    expect(appeal).toMatchObject({ reason: '分数算错了：第三题 <b>应该</b>\n给分', by: null });
    expect((await send(code, whole)).body).toContain(explainOfCenter('appeal-open', 'zh'));
    const inspector = await accountAt(open, 'inspector', ROOT);
    const id = AppealId.parse(appeal?.id);
    await decideAppeal(inspector, open.center, id, { state: 'upheld', marks: 90, note: '第三题<i>补分</i>' });
    const { body } = await see(code);
    const says = ['90 / 100', words('appeal.state.upheld'), '第三题&lt;i&gt;补分&lt;/i&gt;', words('own.cause.appeal')];
    for (const said of says) expect(body).toContain(said);
    expect(body).not.toMatch(/>inspector<|<script/);
    expect(body).toContain('86.5');
  });

  test('needs a reason that is offered, and what is typed stays', async () => {
    const code = codeOf(disputed, station.signer);
    for (const wrong of [
      {},
      { ground: 'nope', text: '留着' },
      { ground: 'other', text: '' },
      { ...whole, text: '字'.repeat(501) },
    ]) {
      const { statusCode, body } = await send(code, wrong);
      expect([statusCode, body.includes(words('appeal.form'))]).toEqual([400, true]);
    }
    expect((await send(code, { ground: 'nope', text: '留着"></textarea>' })).body).toContain(
      '留着&quot;&gt;&lt;/textarea&gt;',
    );
  });

  test('comes from the page itself, with a receipt that a station of this center signed', async () => {
    const code = codeOf(disputed, station.signer);
    for (const headers of [{}, { 'sec-fetch-site': 'cross-site' }, { origin: 'https://elsewhere.example' }])
      expect((await send(code, whole, headers)).statusCode).toBe(403);
    for (const other of [
      codeOf(disputed, newSigner()),
      codeOf(recordOf(station), station.signer),
      codeOf(logged, theirs.signer),
    ])
      expect((await send(other, whole)).statusCode).toBeGreaterThanOrEqual(404);
    const rows = await open.center.db.query(`SELECT 1 FROM appeals WHERE state = 'open'`);
    expect(rows).toEqual([]);
  });

  test('is one of few from one address', async () => {
    const code = codeOf(disputed, station.signer);
    const forged = codeOf(disputed, newSigner());
    let last = await send(forged, whole);
    for (let tries = 0; tries < 30 && last.statusCode !== 429; tries += 1) last = await send(forged, whole);
    expect(last.statusCode).toBe(429);
    expect((await send(code, whole)).statusCode).toBe(429);
    expect((await see(code)).statusCode).toBe(200);
  });
});
