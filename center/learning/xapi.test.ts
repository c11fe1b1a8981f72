import { statement as statementRule } from '@learninglocker/xapi-validation/dist/factory.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorPaths, Statements } from '../../contract/people-center/operator-api.ts';
import { paths } from '../../contract/station-center/center-api.ts';
import { canonicalJson, sha256 } from '../../proof/index.ts';
import { demoCourse } from '../seed/index.ts';
import {
  addOtherTenant,
  batchOf,
  enrolStation,
  openTestCenter,
  recordOf,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';
import { nameUuid } from './name-uuid.ts';
import { CATEGORIES, EXTENSIONS, VERBS } from './xapi-words.ts';

let open: TestCenter;
let station: TestStation;
const COURSE = demoCourse().exam;
const HOME = 'https://center.example/';

/** A sitting that is through, one that is not, one whose answers were wrong, one of a course that asks nothing, and an exam. */
function records() {
  const [film, page] = COURSE.course?.lessons ?? [];
  const lessons = (complete: boolean, seconds: number) => [
    { lessonId: film?.id, seconds, total: seconds, complete },
    { lessonId: page?.id, seconds: 0, total: 0, complete },
  ];
  const of = (complete: boolean, seconds: number, changes: object) =>
    recordOf(station, {
      ...{ format: 'exam-station/record@8', fullMarks: 5, passMarks: 4 },
      exam: { id: COURSE.id, title: COURSE.title, mode: 'learning' },
      learning: { courseId: COURSE.course?.id, courseHash: sha256('c'), complete, lessons: lessons(complete, seconds) },
      ...changes,
    });
  return [
    of(true, 40, { sittingId: 'si_through', marks: 5, passed: true }),
    of(false, 12, { sittingId: 'si_begun', marks: 0, passed: false }),
    of(true, 40, { sittingId: 'si_wrong', marks: 1, passed: false }),
    of(true, 40, { sittingId: 'si_silent', marks: 0, fullMarks: 0, passMarks: 0, passed: true, answers: [] }),
    recordOf(station),
  ];
}

beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  const reply = await station.call('POST', paths.batches, await batchOf(station, records()));
  expect(reply.statusCode).toBe(200);
});
afterAll(() => open.close());

async function statements(query: Record<string, string> = {}, token = open.secrets.operatorToken) {
  const url = `${operatorPaths.statements}?${new URLSearchParams({ home: HOME, ...query })}`;
  return Statements.parse((await open.app.inject({ url, headers: { authorization: `Bearer ${token}` } })).json());
}

type Said = {
  readonly id: string;
  readonly verb: { readonly id: string };
  readonly actor: object;
  readonly object: { readonly id: string; readonly definition: { readonly name?: object } };
  readonly result?: {
    readonly completion?: boolean;
    readonly success?: boolean;
    readonly score?: object;
    readonly duration?: string;
  };
  readonly timestamp: string;
  readonly context: {
    readonly registration: string;
    readonly contextActivities: { readonly category?: readonly { readonly id: string }[] };
    readonly extensions: Readonly<Record<string, unknown>>;
  };
};
const all = async (query?: Record<string, string>) =>
  (await statements(query)).statements as unknown as readonly Said[];
const ofSitting = async (id: string) =>
  (await all()).filter(({ context }) => context.extensions[EXTENSIONS.sessionId] === id);
const verbsOf = (said: readonly Said[]) => said.map(({ verb }) => verb.id.split('/').at(-1));
const isCmi5 = ({ context }: Said) =>
  (context.contextActivities.category ?? []).some(({ id }) => id === CATEGORIES.cmi5);

describe('statements', () => {
  test('are xAPI, by the rules of a learning record store', async () => {
    const said = await all();
    expect(said).toHaveLength(23);
    expect(said.flatMap((one) => statementRule(one, ['statement']))).toEqual([]);
    // What checks them must see what is wrong.
    const [first] = said;
    expect(statementRule({ ...first, verb: { id: 'studied' } }, ['statement']).length).toBeGreaterThan(0);
    expect(statementRule({ ...first, result: { duration: '40 s' } }, ['statement']).length).toBeGreaterThan(0);
  });

  test('say how a sitting went, in the order of cmi5', async () => {
    expect(verbsOf(await ofSitting('si_through'))).toEqual([
      'launched',
      'initialized',
      'experienced',
      'completed',
      'passed',
      'terminated',
      'satisfied',
    ]);
    expect(verbsOf(await ofSitting('si_begun'))).toEqual(['launched', 'initialized', 'experienced', 'terminated']);
    expect(verbsOf(await ofSitting('si_wrong'))).toEqual([
      'launched',
      'initialized',
      'experienced',
      'completed',
      'failed',
      'terminated',
    ]);
    expect(verbsOf(await ofSitting('si_silent'))).toEqual([
      'launched',
      'initialized',
      'experienced',
      'completed',
      'terminated',
      'satisfied',
    ]);
  });

  test('of cmi5 have what cmi5 asks for, and a lesson’s claims nothing of it', async () => {
    for (const one of await all()) {
      const verb = one.verb.id.split('/').at(-1) ?? '';
      const moveOn = (one.context.contextActivities.category ?? []).some(({ id }) => id === CATEGORIES.moveOn);
      expect([verb, isCmi5(one)]).toEqual([verb, verb !== 'experienced']);
      expect([verb, moveOn]).toEqual([verb, ['completed', 'passed', 'failed'].includes(verb)]);
      expect(one.timestamp).toMatch(/Z$/);
      expect(one.context.registration).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      if (!isCmi5(one)) continue;
      const { completion, success, score, duration } = one.result ?? {};
      expect([verb, completion]).toEqual([verb, verb === 'completed' ? true : undefined]);
      expect([verb, success]).toEqual([verb, verb === 'passed' ? true : verb === 'failed' ? false : undefined]);
      expect([verb, score !== undefined]).toEqual([verb, success !== undefined]);
      expect([verb, duration !== undefined]).toEqual([
        verb,
        ['completed', 'passed', 'failed', 'terminated'].includes(verb),
      ]);
    }
    const [launched] = await ofSitting('si_through');
    expect(launched?.context.extensions).toMatchObject({
      [EXTENSIONS.launchMode]: 'Normal',
      [EXTENSIONS.moveOnRule]: 'CompletedAndPassed',
      [EXTENSIONS.masteryScore]: 0.8,
    });
    const passed = (await ofSitting('si_through')).find(({ verb }) => verb.id === VERBS.passed.id);
    expect(passed?.result).toEqual({
      success: true,
      score: { scaled: 1, raw: 5, min: 0, max: 5 },
      duration: 'PT590S',
    });
  });

  test('name the lesson, how long of it was credited, and the proof of it', async () => {
    const lesson = (await ofSitting('si_begun')).find(({ verb }) => verb.id === VERBS.experienced.id);
    const [film] = COURSE.course?.lessons ?? [];
    expect(lesson).toMatchObject({
      object: {
        id: `https://center.example/courses/co_first-day/lessons/${film?.id}`,
        definition: { name: { 'zh-CN': film?.title.zh, en: film?.title.en } },
      },
      result: { completion: false, duration: 'PT12S' },
    });
    const [row] = await open.center.db.query("SELECT body, batch_id FROM records WHERE sitting_id = 'si_begun'");
    expect(lesson?.context.extensions).toMatchObject({
      'https://center.example/xapi/record-hash': sha256(String(row?.body)),
      'https://center.example/xapi/batch': row?.batch_id,
      'https://center.example/xapi/station': station.stationId,
    });
  });

  test('say an account and no name, unless names are asked for; a number never', async () => {
    const account = { homePage: 'https://center.example', name: 'cd_demo-1' };
    for (const { actor } of await all()) expect(actor).toEqual({ objectType: 'Agent', account });
    const named = await all({ names: 'true' });
    for (const { actor } of named) expect(actor).toEqual({ objectType: 'Agent', account, name: '张示范' });
    expect(JSON.stringify(named)).not.toContain('110105198001010016');
  });

  test('are the same ones each time, each once', async () => {
    const [one, two] = [await all(), await all({ names: 'true' })];
    expect(one.map(({ id }) => id)).toEqual(two.map(({ id }) => id));
    expect(new Set(one.map(({ id }) => id)).size).toBe(one.length);
    expect(canonicalJson(await all())).toBe(canonicalJson(one));
  });

  test('go on after a place in the log, and are no other firm’s', async () => {
    const { next } = await statements();
    expect(next).toBeNull();
    const [row] = await open.center.db.query("SELECT log_index FROM records WHERE sitting_id = 'si_wrong'");
    const later = await all({ after: String(row?.log_index) });
    expect(new Set(later.map(({ context }) => context.extensions[EXTENSIONS.sessionId]))).toEqual(
      new Set(['si_silent']),
    );
    const { token } = await addOtherTenant(open);
    expect((await statements({}, token)).statements).toEqual([]);
  });

  test('are named under an address of the web', async () => {
    const url = `${operatorPaths.statements}?home=${encodeURIComponent('javascript:alert(1)')}`;
    const reply = await open.app.inject({ url, headers: { authorization: `Bearer ${open.secrets.operatorToken}` } });
    expect([reply.statusCode, reply.json().reason]).toEqual([400, 'bad-message']);
  });
});

test('a name’s UUID is one of version 5', () => {
  expect(nameUuid('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(nameUuid('a')).toBe(nameUuid('a'));
  expect(nameUuid('a')).not.toBe(nameUuid('b'));
});
