import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  type BegunMock,
  type HomeOverview,
  homePaths,
  type MockView,
  type OpenMock,
  type OverMock,
} from '../../contract/home/home-api.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { Exam } from '../../contract/words/exam.ts';
import type { ItemId } from '../../contract/words/ids.ts';
import { makeBank } from '../../proof/index.ts';
import { demoBank, demoPictures } from '../seed/index.ts';
import { type AtHome, openTestCenter, signInAt, type TestCenter } from '../testing/index.ts';

const NUMBER = '110105198001010016';
const MOCK = 'ex_demo-mock';
const bank = demoBank();
const keyOf = (id: ItemId) => bank.items.find((item) => item.id === id)?.key ?? [];

let open: TestCenter;
let home: AtHome;
let later = 0;

beforeAll(async () => {
  open = await openTestCenter({ now: () => new Date(Date.now() + later) });
  // The demo's says that it reveals keys. Here it says nothing, as those of firms do.
  const [row] = await open.center.db.query('SELECT body FROM exams WHERE id = $1', [MOCK]);
  const { revealsKeys: _, ...body } = JSON.parse(String(row?.body));
  await open.center.db.query('UPDATE exams SET body = $2 WHERE id = $1', [MOCK, JSON.stringify(body)]);
  home = await signInAt(open, NUMBER);
});
afterAll(() => open.close());

const begin = (examId: string = MOCK, who = home) => who.post(homePaths.mocks, { examId });
const begun = async (examId = MOCK, who = home) => (await begin(examId, who)).json<z.infer<typeof BegunMock>>().id;
const at = (path: string, id: string) => path.replace(':mockId', id);
const view = async <V extends MockView>(id: string) => (await home.get(at(homePaths.mock, id))).json<V>();
const answer = (id: string, itemId: string, chosen: readonly string[], revision = 1) =>
  home.post(at(homePaths.mockAnswers, id), { itemId, chosen, revision });

describe('a mock exam at home', () => {
  test('is drawn without keys, keeps answers, and goes on as the one that is open', async () => {
    const id = await begun();
    expect(await begun()).toBe(id);
    const paper = await view<OpenMock>(id);
    expect(paper).toMatchObject({ state: 'open', title: { zh: '体验练习' }, answers: [] });
    expect(paper.items).toHaveLength(8);
    expect(JSON.stringify(paper)).not.toMatch(/"key"|explanation|"number":/);
    const [first] = paper.items;
    const [one, two] = first?.options ?? [];
    await answer(id, first?.itemId ?? '', [two?.id ?? ''], 2);
    // An older answer that comes late changes nothing.
    await answer(id, first?.itemId ?? '', [one?.id ?? ''], 1);
    await home.post(at(homePaths.mockFlags, id), { itemId: first?.itemId, flagged: true });
    expect((await view<OpenMock>(id)).answers).toEqual([
      { itemId: first?.itemId, chosen: [two?.id], revision: 2, flagged: true },
    ]);
    expect((await home.get(homePaths.overview)).json<HomeOverview>().mocks).toMatchObject([
      { examId: MOCK, open: id, sat: [] },
    ]);
  });

  test('is marked by the center; what was right is not told, as a formal exam draws from the same bank', async () => {
    const id = await begun();
    const { items } = await view<OpenMock>(id);
    for (const { itemId } of items.slice(1)) await answer(id, itemId, keyOf(itemId), 9);
    const wrong = items[0]?.options.filter((option) => !keyOf(items[0]?.itemId as ItemId).includes(option.id))[0];
    await answer(id, items[0]?.itemId ?? '', [wrong?.id ?? ''], 9);
    await home.post(at(homePaths.mockEnd, id));
    const over = await view<OverMock>(id);
    const lost = items[0]?.marks ?? 0;
    expect(over).toMatchObject({
      state: 'over',
      cause: 'handed-in',
      marks: 100 - lost,
      fullMarks: 100,
      keysTold: false,
    });
    expect(over.mistakes).toMatchObject([{ number: 1, given: { chosen: [wrong?.id] } }]);
    expect(over.topics[0]?.marks).toBeLessThan(over.topics[0]?.fullMarks ?? 0);
    expect(JSON.stringify(over)).not.toMatch(/"key"|rightOptions|explanation/);
    const refused = await answer(id, items[0]?.itemId ?? '', keyOf(items[0]?.itemId as ItemId), 10);
    expect(refused.json()).toMatchObject({ reason: 'not-allowed-now' });
    // Handed in again, as where the reply was lost: nothing changes.
    expect((await home.post(at(homePaths.mockEnd, id))).statusCode).toBe(200);
    expect(await view<OverMock>(id)).toEqual(over);
    const [mock] = (await home.get(homePaths.overview)).json<HomeOverview>().mocks;
    expect(mock).toMatchObject({ sat: [{ id, marks: 100 - lost, fullMarks: 100 }] });
    expect(mock).not.toHaveProperty('open');
  });

  test('is handed in as it stands once its time is up', async () => {
    const id = await begun();
    const { items } = await view<OpenMock>(id);
    await answer(id, items[0]?.itemId ?? '', keyOf(items[0]?.itemId as ItemId));
    later += 600_000 + 16_000;
    const late = await answer(id, items[1]?.itemId ?? '', keyOf(items[1]?.itemId as ItemId));
    expect(late.json()).toMatchObject({ reason: 'not-allowed-now' });
    expect(await view<OverMock>(id)).toMatchObject({ cause: 'time-up', marks: items[0]?.marks });
  });

  test('brings other questions the next time', async () => {
    const papers: (readonly ItemId[])[] = [];
    for (let n = 0; n < 3; n++) {
      const id = await begun();
      papers.push((await view<OpenMock>(id)).items.map(({ itemId }) => itemId));
      await home.post(at(homePaths.mockEnd, id));
    }
    expect(new Set(papers.flat()).size).toBe(24);
  });

  test('may be begun so often a day, and the next day again', async () => {
    const reasons: unknown[] = [];
    for (let n = 0; n < 6; n++) {
      const reply = await begin();
      const { id, reason } = reply.json<{ id?: string; reason?: string }>();
      reasons.push(reason);
      if (id) await home.post(at(homePaths.mockEnd, id));
    }
    expect(reasons.at(-1)).toBe('mocks-too-many');
    later += 24 * 3_600_000;
    expect((await begin()).statusCode).toBe(200);
  });

  test('is nobody else’s', async () => {
    const other = await signInAt(open, '110105198502020028');
    const reply = await other.get(at(homePaths.mock, await begun()));
    expect([reply.statusCode, reply.json()]).toEqual([422, { reason: 'no-exam' }]);
  });
});

describe('an exam that counts', () => {
  test('is never begun at home, whoever asks, and is not offered', async () => {
    const reply = await begin('ex_demo');
    expect([reply.statusCode, reply.json()]).toEqual([403, { reason: 'not-at-home' }]);
    expect((await begin('ex_learn-first-day')).json()).toEqual({ reason: 'not-at-home' });
    const { mocks, courses } = (await home.get(homePaths.overview)).json<HomeOverview>();
    expect([...mocks, ...courses].map(({ examId }) => examId)).not.toContain('ex_demo');
  });

  test('cannot be put with leave for it, and one that got there all the same is still refused', async () => {
    const { db } = open.center;
    const [row] = await db.query(`SELECT body FROM exams WHERE id = 'ex_demo'`);
    const formal = { ...JSON.parse(String(row?.body)), home: 'allowed' };
    expect(Exam.safeParse(formal).success).toBe(false);
    const headers = { authorization: `Bearer ${open.secrets.operatorToken}` };
    const put = await open.app.inject({
      method: 'PUT',
      url: operatorPaths.exams,
      payload: { exam: formal, bank },
      headers,
    });
    expect([put.statusCode, put.json()]).toMatchObject([
      400,
      { reason: 'bad-message', detail: expect.stringContaining('at home') },
    ]);
    await db.query(`UPDATE exams SET body = $1 WHERE id = 'ex_demo'`, [JSON.stringify(formal)]);
    expect((await begin('ex_demo')).statusCode).toBeGreaterThanOrEqual(400);
    await db.query(`UPDATE exams SET body = $1 WHERE id = 'ex_demo'`, [row?.body]);
  });
});

describe('right answers', () => {
  const headers = () => ({ authorization: `Bearer ${open.secrets.operatorToken}` });
  const own = makeBank(
    { zh: '只用来练' },
    bank.items
      .filter(({ pictures }) => !pictures)
      .slice(0, 6)
      .map((item) => ({ ...item, topic: '练习' })),
  );
  const put = async (id: string, from: typeof bank, more: object = {}) => {
    const [row] = await open.center.db.query(`SELECT body FROM exams WHERE id = '${MOCK}'`);
    const kinds = Map.groupBy(from.items.slice(0, 6), ({ kind }) => kind);
    const rows = [...kinds].map(([kind, of]) => ({ kind, count: Math.min(of.length, 2), marks: 1 }));
    const exam = { ...JSON.parse(String(row?.body)), id, bankId: from.id, blueprint: { rows }, passMarks: 1, ...more };
    for (const payload of demoPictures())
      await open.app.inject({
        method: 'POST',
        url: operatorPaths.pictures,
        payload: Buffer.from(payload),
        headers: headers(),
      });
    expect(
      (
        await open.app.inject({
          method: 'PUT',
          url: operatorPaths.exams,
          payload: { exam, bank: from },
          headers: headers(),
        })
      ).statusCode,
    ).toBe(200);
  };
  const sat = async (id: string) => {
    const mock = await begun(id);
    await home.post(at(homePaths.mockEnd, mock));
    return view<OverMock>(mock);
  };

  test('are told where its maker says so', async () => {
    await put('ex_open', bank, { revealsKeys: true });
    const over = await sat('ex_open');
    expect([over.keysTold, over.mistakes[0]?.key?.rightOptions]).toEqual([
      true,
      keyOf(over.mistakes[0]?.item.itemId as ItemId),
    ]);
  });

  test('are told where no exam that counts asks the same, and no longer once one does, by whatever bank', async () => {
    const fresh = makeBank(
      { zh: '新题' },
      own.items.map((item, n) => ({ ...item, id: `it_own${n}` as ItemId })),
    );
    await put('ex_fresh', fresh);
    const over = await sat('ex_fresh');
    expect(over).toMatchObject({ keysTold: true, mistakes: [{ key: { right: false } }, ...over.mistakes.slice(1)] });
    const wider = makeBank({ zh: '正式题库' }, [
      ...fresh.items,
      ...bank.items.filter(({ pictures }) => !pictures).slice(6, 12),
    ]);
    await put('ex_formal-too', wider, { mode: 'formal', home: undefined });
    expect(await view<OverMock>(over.id)).toMatchObject({ keysTold: false });
  });
});
