import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditEntry } from '../../contract/log/entries.ts';
import { evidenceFor, LogEvidence, LoggedEntries, logPaths, NewestHead } from '../../contract/log/log-api.ts';
import { AuditExport, type AuditLine, type AuditPage } from '../../contract/people-center/audit.ts';
import { operatorPaths } from '../../contract/people-center/operator-api.ts';
import { TreeHead } from '../../contract/records/batches.ts';
import { TenantId } from '../../contract/words/ids.ts';
import { againstLog, verifyAuditExport, verifyInclusion, verifyJws } from '../../proof/index.ts';
import { sealEntry } from '../../proof/transparency/index.ts';
import { anchorIn } from '../run/index.ts';
import {
  addOtherTenant,
  enrolStation,
  FROM_HERE,
  formTokenIn,
  openTestCenter,
  signIn,
  type TestCenter,
} from '../testing/index.ts';
import { auditExport } from './index.ts';

let open: TestCenter;
let otherToken: string;
beforeAll(async () => {
  open = await openTestCenter();
  otherToken = (await addOtherTenant(open)).token;
});
afterAll(() => open.close());

const ask = (method: 'GET' | 'PUT' | 'POST', url: string, payload?: object, token = open.secrets.operatorToken) =>
  open.app.inject({ method, url, ...(payload ? { payload } : {}), headers: { authorization: `Bearer ${token}` } });
const lines = async (query = '', token?: string): Promise<readonly AuditLine[]> =>
  (await ask('GET', `${operatorPaths.audit}${query}`, undefined, token)).json<AuditPage>().lines;
const exported = async (token?: string): Promise<AuditExport> =>
  AuditExport.parse((await ask('GET', `${operatorPaths.audit}/export`, undefined, token)).json());
const WANG = { id: 'cd_demo-1', name: '改名', number: '110105198001010016', examId: 'ex_demo' };

describe('the audit log', () => {
  test('has who changed what, from where, and hashes of it before and after, and no name and no number', async () => {
    await ask('PUT', operatorPaths.candidates, WANG);
    await ask('PUT', operatorPaths.candidates, { ...WANG, name: '又改名' });
    const [second, first] = await lines('?what=candidate-put&about=cd_demo-1');
    expect(first).toMatchObject({
      actor: { kind: 'operator', id: expect.stringMatching(/^tk_/), address: '127.0.0.1' },
      subject: { kind: 'candidate', id: 'cd_demo-1' },
    });
    expect(second?.before).toBe(first?.after);
    expect(new Set([first?.before, first?.after, second?.after]).size).toBe(3);
    expect(JSON.stringify(await lines())).not.toMatch(/改名|110105/);
  });

  test('leaves in pieces that are one text, one at a time for each firm, and fills no other log', async () => {
    const { center } = open;
    const tenantId = TenantId.parse('tn_demo');
    const of = (portion: number) => auditExport({ kind: 'system' }, center, tenantId, anchorIn(center), portion);
    const first = await of(3);
    await expect(of(3)).rejects.toThrow('try-later');
    await auditExport({ kind: 'system' }, center, TenantId.parse('tn_other'), anchorIn(center)).then((file) =>
      file.destroy(),
    );
    const whole = await text(first);
    const file = AuditExport.parse(JSON.parse(whole));
    expect(JSON.stringify(JSON.parse(whole))).toBe(whole);
    expect(Object.keys(JSON.parse(whole))).toEqual([
      ...['format', 'centerKey', 'tenantId', 'lines', 'anchors', 'signature'],
    ]);
    expect(verifyAuditExport(file, open.secrets.centerKey)).toMatchObject({ ok: true });
    const again = AuditExport.parse(JSON.parse(await text(await of(1_000))));
    expect(again.lines.slice(0, file.lines.length)).toEqual(file.lines);
    expect(again.lines.length).toBeGreaterThan(file.lines.length);
    expect(again.anchors).toEqual(file.anchors);
    (await of(3)).destroy();
  });

  test('has every look at people, and shows a firm its own lines alone', async () => {
    for (const path of [operatorPaths.candidates, operatorPaths.disputes, operatorPaths.beginnings])
      await ask('GET', path);
    await open.app.inject({ url: '/', headers: { cookie: await signIn(open.app, open.secrets.operatorToken) } });
    const looks = (await lines('?what=looked')).map(({ actor, subject }) => `${actor.kind} ${subject.id}`);
    const lists = ['candidates', 'disputes', 'beginnings', 'audit'].map((list) => `operator ${list}`);
    expect(looks).toEqual(expect.arrayContaining([...lists, 'visitor records']));
    const salts = (await lines('?what=looked')).map(({ salt }) => salt);
    expect(salts.every((salt) => /^[0-9a-f]{32}$/.test(salt ?? ''))).toBe(true);
    expect(new Set(salts).size).toBe(salts.length);
    expect((await lines('?what=candidate-put')).every(({ salt }) => salt === undefined)).toBe(true);
    const theirs = await lines('', otherToken);
    expect(theirs.length).toBeGreaterThan(0);
    expect(new Set(theirs.map(({ tenantId }) => tenantId))).toEqual(new Set(['tn_other']));
  });

  test('has who was invited to learn at home and ended, and who looked at the list, by a program or on the pages', async () => {
    const { number } = WANG;
    await ask('POST', operatorPaths.home, { number });
    await ask('POST', operatorPaths.homeEnd, { number });
    await ask('GET', operatorPaths.home);
    const cookie = await signIn(open.app, open.secrets.operatorToken);
    const { body } = await open.app.inject({ url: '/at-home', headers: { cookie } });
    const send = (url: string, form: string) =>
      open.app.inject({
        ...{ method: 'POST', url, payload: new URLSearchParams({ number, form }).toString() },
        headers: { ...FROM_HERE, cookie, 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await send('/at-home/invite', 'x')).json().reason).toBe('origin-refused');
    expect((await send('/at-home/invite', formTokenIn(body))).statusCode).toBe(200);
    expect((await send('/at-home/end', formTokenIn(body))).statusCode).toBe(303);
    const about = (await lines('?about=cd_demo-1')).filter(({ what }) => what.startsWith('home-'));
    expect(about.map(({ what }) => what)).toEqual(['home-ended', 'home-invited', 'home-ended', 'home-invited']);
    for (const { actor } of about)
      expect(actor).toMatchObject({ kind: 'operator', id: expect.stringMatching(/^tk_/), address: '127.0.0.1' });
    const looks = (await lines('?what=looked')).filter(({ subject }) => subject.id === 'home');
    expect(looks.map(({ actor }) => actor.kind)).toEqual(['visitor', 'operator']);
  });

  test('is not changed by the database’s own means', async () => {
    for (const sql of [
      "UPDATE audit_lines SET body = ''",
      'DELETE FROM audit_lines',
      'TRUNCATE audit_lines',
      'DELETE FROM audit_anchors',
    ])
      await expect(open.center.db.query(sql)).rejects.toThrow('never changed');
  });

  test('of a change that came to nothing has no line', async () => {
    const before = (await lines('?what=candidate-put')).length;
    expect((await ask('PUT', operatorPaths.candidates, { ...WANG, photos: ['AAAA'] })).statusCode).toBe(422);
    expect(await lines('?what=candidate-put')).toHaveLength(before);
  });
});

describe('what something was before a line', () => {
  const chains = async () => {
    const all = (await lines()).filter(({ before, after }) => before ?? after).toReversed();
    return Map.groupBy(all, ({ subject }) => `${subject.kind} ${subject.id}`);
  };

  test('is what it was after the line before, whatever is done in between', async () => {
    const ids = async (sql: string) => (await open.center.db.query(sql)).map(({ id }) => String(id));
    const [other = ''] = await ids(
      "SELECT id FROM exams WHERE id <> 'ex_demo' AND body NOT LIKE '%\"course\"%' ORDER BY id",
    );
    const [course = ''] = await ids('SELECT exam_id AS id FROM courses');
    const study = (changes: object) => ask('POST', operatorPaths.studies, { examId: course, ...changes });
    const draw = (examId: string) => ask('POST', operatorPaths.seats, { examId, rows: 4, columns: 5, again: true });
    const steps = [
      () => draw('ex_demo'),
      () => ask('PUT', operatorPaths.candidates, { ...WANG, examId: other }),
      () => draw(other),
      () => draw('ex_demo'),
      () => ask('PUT', operatorPaths.candidates, WANG),
      () => ask('PUT', operatorPaths.arrangements, { number: WANG.number, arrangements: { extraMinutes: 20 } }),
      () => draw('ex_demo'),
      () => study({ whom: { by: 'all' } }),
      () => study({ whom: { by: 'numbers', numbers: [WANG.number] }, end: true }),
      () => study({ whom: { by: 'all' } }),
      () => ask('PUT', operatorPaths.proctors, { id: 'pr_n', name: '新监考' }),
      () => ask('PUT', operatorPaths.proctors, { id: 'pr_n', name: '新监考', role: 'chief' }),
    ];
    for (const step of steps) expect((await step()).statusCode).toBe(200);
    const race = Array.from({ length: 6 }, (_, n) =>
      ask('PUT', operatorPaths.candidates, { ...WANG, name: `同时${n}`, examId: n % 2 ? other : 'ex_demo' }),
    );
    for (const { statusCode } of await Promise.all([...race, draw('ex_demo'), draw(other)]))
      expect(statusCode).toBe(200);
    const all = await chains();
    expect([...all.keys()]).toEqual(
      expect.arrayContaining(['seats ex_demo', `seats ${other}`, `studies ${course}`, 'candidate cd_demo-1']),
    );
    for (const [subject, chain] of all)
      for (const [at, line] of chain.entries())
        if (at > 0) expect([subject, line.what, line.before]).toEqual([subject, line.what, chain[at - 1]?.after]);
  });
});

describe('a file of it', () => {
  test('is checked by anybody: lines of others are there by their hash, and its head is in the transparency log', async () => {
    const file = await exported();
    expect(file.lines.some((line) => 'hash' in line)).toBe(true);
    expect(verifyAuditExport(file, open.secrets.centerKey)).toMatchObject({ ok: true });
    const anchor = file.anchors.at(-1);
    expect(anchor?.sequence).toBe(file.lines.length);
    if (!anchor) throw new Error('the head was put into the log');
    // What is logged later moves nothing.
    await enrolStation(open.app, open.secrets.enrolmentCode);
    const { leaf } = sealEntry(auditEntry(anchor));
    const head = NewestHead.parse((await open.app.inject(logPaths.head)).json());
    const { size, root } = TreeHead.parse(verifyJws(head.treeHead, 'exam-station/tree-head', open.secrets.centerKey));
    const said = LogEvidence.parse(
      (await open.app.inject(evidenceFor(size, [Buffer.from(leaf).toString('hex')]))).json(),
    );
    const [{ index, path } = { index: -1, path: [] }] = said.inclusions;
    expect(index).toBe(anchor.logIndex);
    expect(size).toBeGreaterThan(index + 1);
    const hashes = path.map((one) => Buffer.from(one, 'hex'));
    expect(verifyInclusion(leaf, index, size, hashes, Buffer.from(root, 'hex'))).toBe(true);
  });

  test('is held against the heads that the log has', async () => {
    const file = await exported();
    const { entries } = LoggedEntries.parse((await open.app.inject(logPaths.entries)).json());
    const said = (changed: AuditExport) => {
      const checked = verifyAuditExport(changed, open.secrets.centerKey);
      return checked.ok ? againstLog(checked, entries)?.reason : checked.reason;
    };
    expect(said(file)).toBeUndefined();
    const elsewhere = file.anchors.map((anchor) => ({ ...anchor, logIndex: anchor.logIndex + 1 }));
    expect(said({ ...file, anchors: elsewhere })).toBe('not-logged');
    const [last] = file.anchors.slice(-1);
    const other = { ...auditEntry({ sequence: last?.sequence ?? 1, head: 'f'.repeat(64) as never }) };
    const checked = verifyAuditExport(file, open.secrets.centerKey);
    const forged = [...entries, { index: 1_000, text: JSON.stringify(other) }, { index: 1_001, text: 'no entry' }];
    expect(checked.ok && againstLog(checked, forged)).toMatchObject({ reason: 'chain-broken' });
  });

  test.each<[string, (file: AuditExport) => unknown]>([
    [
      'a line changed',
      ({ lines: [first, ...rest], ...file }) => ({ ...file, lines: [{ ...first, what: 'looked' }, ...rest] }),
    ],
    ['a line taken out', ({ lines: [, ...rest], ...file }) => ({ ...file, lines: rest })],
    ['the last line cut off', ({ lines: all, ...file }) => ({ ...file, lines: all.slice(0, -1), anchors: [] })],
    [
      'another head in the log',
      (file) => ({ ...file, anchors: file.anchors.map((one) => ({ ...one, head: '1'.repeat(64) })) }),
    ],
    ['another firm’s name', (file) => ({ ...file, tenantId: 'tn_other' })],
    ['no form of its own', () => ({})],
  ])('with %s is refused', async (_, change) => {
    expect(verifyAuditExport(change(await exported()), open.secrets.centerKey)).toMatchObject({ ok: false });
  });

  test('of another center is refused where the key is known', async () => {
    expect(verifyAuditExport(await exported(), 'A'.repeat(43) as never)).toMatchObject({ reason: 'center-other' });
  });
});
