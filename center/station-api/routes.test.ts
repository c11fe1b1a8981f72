import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operatorPaths, type PutProctorReply, setPinPath } from '../../contract/people-center/operator-api.ts';
import {
  Assignment,
  type EnrolReply,
  Health,
  healthFor,
  paths,
  type SignedAssignment,
} from '../../contract/station-center/center-api.ts';
import { fullMarks } from '../../contract/words/blueprint.ts';
import { checkCharacter } from '../../contract/words/citizen-number.ts';
import { instant } from '../../contract/words/ids.ts';
import { Bank } from '../../contract/words/items.ts';
import { hashOf, sha256, verifyCertificate, verifyJws } from '../../proof/index.ts';
import { keyFrom, openPackage } from '../../proof/sealed/index.ts';
import { demoPictures } from '../seed/index.ts';
import {
  addOtherTenant,
  enrolStation,
  enrolWith,
  newCode,
  newSigner,
  openTestCenter,
  type TestCenter,
  type TestStation,
} from '../testing/index.ts';

let open: TestCenter;
let station: TestStation;
let stranger: TestStation;
let otherToken: string;

beforeAll(async () => {
  open = await openTestCenter();
  station = await enrolStation(open.app, open.secrets.enrolmentCode);
  const other = await addOtherTenant(open);
  otherToken = other.token;
  stranger = await enrolStation(open.app, other.code);
});
afterAll(() => open.close());

const send =
  (method: 'PUT' | 'POST') =>
  (url: string, payload: object, token = open.secrets.operatorToken) =>
    open.app.inject({ method, url, payload, headers: { authorization: `Bearer ${token}` } });
const [put, post] = [send('PUT'), send('POST')];

test('health tells the center key', async () => {
  const reply = await open.app.inject(paths.health);
  expect(reply.json()).toEqual({ ok: true, version: expect.any(String), centerKey: open.secrets.centerKey });
});

test('health proves the key to whoever brings a challenge', async () => {
  const challenge = `${'c'.repeat(42)}A`;
  const { centerKey, proof } = Health.parse((await open.app.inject(healthFor(challenge))).json());
  expect(verifyJws(proof ?? '', 'exam-station/center', centerKey)).toEqual({ challenge });
  expect(Health.parse((await open.app.inject(healthFor('short'))).json()).proof).toBeUndefined();
});

describe('enrolment', () => {
  test('a code makes a station with a certificate of the center', () => {
    expect(station).toMatchObject({ tenantId: 'tn_demo', centerKey: open.secrets.centerKey });
    const vouched = verifyCertificate(station.certificate, station.centerKey);
    expect(vouched).toMatchObject({
      ok: true,
      certificate: { stationId: station.stationId, publicKey: station.signer.publicKey },
    });
  });

  test('a code may be typed in small letters, without dashes', async () => {
    const code = await newCode(open.app, open.secrets.operatorToken);
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect((await enrolWith(open.app, typed, newSigner())).statusCode).toBe(200);
  });

  test('a wrong code is unknown', async () => {
    const reply = await enrolWith(open.app, 'AAAA-AAAA-AAAA', newSigner());
    expect([reply.statusCode, reply.json()]).toEqual([404, { reason: 'code-unknown' }]);
  });

  test('a used code is refused to another key, and answers the same to the same key', async () => {
    const code = await newCode(open.app, open.secrets.operatorToken);
    const signer = newSigner();
    const [first, again] = [await enrolWith(open.app, code, signer), await enrolWith(open.app, code, signer)];
    expect(again.json<EnrolReply>()).toEqual(first.json());
    const second = await enrolWith(open.app, code, newSigner());
    expect([second.statusCode, second.json()]).toEqual([409, { reason: 'code-used' }]);
  });

  test('two stations with one code at once: one gets it', async () => {
    const code = await newCode(open.app, open.secrets.operatorToken);
    const replies = await Promise.all([enrolWith(open.app, code, newSigner()), enrolWith(open.app, code, newSigner())]);
    expect(replies.map((reply) => reply.statusCode).sort()).toEqual([200, 409]);
  });
});

describe('who may ask', () => {
  test('nobody without authorization', async () => {
    const reply = await open.app.inject(paths.assignment);
    expect([reply.statusCode, reply.json().reason]).toEqual([401, 'unauthorised']);
  });

  test('nobody with a body changed on the way', async () => {
    const reply = await station.call('POST', paths.batches, { a: 1 }, { send: '{"a":2}' });
    expect([reply.statusCode, reply.json().reason]).toEqual([401, 'unauthorised']);
  });

  test('nobody whose clock is far off; the answer says what time it is', async () => {
    const at = instant(new Date(Date.now() - 11 * 60_000));
    const reply = await station.call('GET', paths.assignment, undefined, { statement: { at } });
    expect([reply.statusCode, reply.json()]).toEqual([401, { reason: 'clock-skew' }]);
    expect(Math.abs(Date.parse(String(reply.headers.date)) - Date.now())).toBeLessThan(5_000);
  });
});

describe('what a station gets', () => {
  test('a signed assignment that it can run on', async () => {
    const { assignment, signature } = (await station.call('GET', paths.assignment)).json<SignedAssignment>();
    const statement = verifyJws(signature, 'exam-station/assignment', station.centerKey);
    expect(statement).toEqual({ hash: sha256(assignment), stationId: station.stationId });
    const { tenant, exams, candidates, proctors, visitorExamId } = Assignment.parse(JSON.parse(assignment));
    expect(tenant).toEqual({ id: 'tn_demo', name: '示范企业 (Demo Works)' });
    expect(exams.map((exam) => [exam.id, exam.mode, fullMarks(exam.blueprint), exam.passMarks])).toEqual([
      ['ex_demo', 'formal', 100, 80],
      ['ex_demo-mock', 'mock', 100, 80],
      ['ex_learn-first-day', 'learning', 5, 4],
    ]);
    expect(visitorExamId).toBe('ex_demo-mock');
    expect(candidates.map(({ examId, photos, attemptsUsed }) => ({ examId, photos, attemptsUsed }))).toEqual(
      Array(5).fill({ examId: 'ex_demo', photos: [], attemptsUsed: 0 }),
    );
    expect(proctors).toMatchObject([{ name: '王监考', pinHash: expect.stringMatching(/^\$argon2id\$/) }]);
  });

  test('the bank of its exams, and no other', async () => {
    const assignment = await station.assignment();
    const bankId = assignment.exams[0]?.bankId ?? '';
    const bank = Bank.parse((await station.call('GET', paths.bank(bankId))).json());
    expect([bank.id, bank.hash]).toEqual([bankId, hashOf(bank.items)]);
    for (const [who, id] of [
      [stranger, bankId],
      [station, 'bk_none'],
      [station, 'no id'],
    ] as const) {
      const reply = await who.call('GET', paths.bank(id));
      expect([reply.statusCode, reply.json().reason]).toEqual([404, 'item-unknown']);
    }
  });

  test('photos of its own candidates only, and none that nobody uses', async () => {
    const photo = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    const candidate = {
      id: 'cd_p',
      name: '周照片',
      number: '11010519491231002X',
      examId: 'ex_demo',
      photos: [photo.toString('base64')],
    };
    expect((await put(operatorPaths.candidates, candidate)).statusCode).toBe(200);
    const path = paths.photo(sha256(photo));
    const mine = await station.call('GET', path);
    expect([mine.headers['content-type'], mine.rawPayload]).toEqual(['image/jpeg', photo]);
    expect([
      (await stranger.call('GET', path)).statusCode,
      (await station.call('GET', paths.photo('x'))).statusCode,
    ]).toEqual([404, 404]);
    const later = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 4, 5, 6]);
    const both = [photo, later].map((bytes) => bytes.toString('base64'));
    expect((await put(operatorPaths.candidates, { ...candidate, photos: [...both, both[0]] })).statusCode).toBe(200);
    const { candidates } = await station.assignment();
    expect(candidates.find(({ id }) => id === candidate.id)?.photos).toEqual([photo, later].map(sha256).toSorted());
    await put(operatorPaths.candidates, { ...candidate, photos: [] });
    const gone = await station.call('GET', path);
    expect([gone.statusCode, gone.json()]).toEqual([404, { reason: 'photo-missing' }]);
  });
});

describe('an exam package', () => {
  const wish = () => ({
    ...{ stationId: station.stationId, examId: 'ex_demo' },
    ...{ notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2099-01-01T00:00:00.000Z' },
  });

  test('is for a station of the tenant, and opens there and nowhere else', async () => {
    const reply = await post(operatorPaths.packages, wish());
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([200, 'application/zip']);
    const opened = (of: TestStation) =>
      openPackage(reply.rawPayload, {
        ...{ centerKey: station.centerKey, stationId: station.stationId, now: instant(new Date()) },
        keyFrom: (ephemeral) => keyFrom(ephemeral, of.secret, of.signer.publicKey),
      });
    const { assignment, bank } = opened(station);
    expect(assignment.exams.map(({ id }) => id)).toEqual(['ex_demo']);
    expect([...new Set(assignment.candidates.map(({ examId }) => examId))]).toEqual(['ex_demo']);
    expect(bank.id).toBe(assignment.exams[0]?.bankId);
    expect(() => opened(stranger)).toThrow('package-invalid');
  });

  test('is made for no station of somebody else, of no exam that is not there, and for some time', async () => {
    for (const [change, status, reason] of [
      [{ stationId: stranger.stationId }, 422, 'station-unknown'],
      [{ examId: 'ex_none' }, 422, 'no-exam'],
      [{ notAfter: '2025-01-01T00:00:00.000Z' }, 400, 'bad-message'],
    ] as const) {
      const reply = await post(operatorPaths.packages, { ...wish(), ...change });
      expect([reply.statusCode, reply.json().reason]).toEqual([status, reason]);
    }
  });
});

describe('what an operator puts in', () => {
  const exam = async () => {
    const assignment = await station.assignment();
    const [first] = assignment.exams;
    return { exam: first, bank: (await station.call('GET', paths.bank(first?.bankId ?? ''))).json<Bank>() };
  };

  const READ: ReadonlySet<string> = new Set([
    operatorPaths.overview,
    operatorPaths.courses,
    operatorPaths.media,
    operatorPaths.heads,
    operatorPaths.statements,
    operatorPaths.audit,
    operatorPaths.stations,
    operatorPaths.memberships,
    operatorPaths.certificates,
  ]);

  test('needs the token', async () => {
    for (const [n, url] of Object.values(operatorPaths).entries()) {
      const reply = await open.app.inject({
        // Of one address not that many wrong tokens are looked at.
        remoteAddress: `127.0.1.${n}`,
        ...(READ.has(url) ? { method: 'GET' } : { method: 'POST', payload: {} }),
        url,
        headers: { authorization: 'Bearer wrong' },
      });
      expect([reply.statusCode, reply.json().reason]).toEqual([401, 'unauthorised']);
    }
  });

  test('an exam with its bank reaches this tenant alone', async () => {
    const message = await exam();
    const before = (await station.assignment()).exams.length;
    const mine = { ...message, exam: { ...message.exam, id: 'ex_theirs' } };
    // Pictures of one tenant are none of another's.
    expect((await put(operatorPaths.exams, mine, otherToken)).json().reason).toBe('picture-missing');
    for (const picture of demoPictures()) {
      const reply = await post(operatorPaths.pictures, picture, otherToken);
      expect(reply.json()).toEqual({ hash: sha256(picture) });
    }
    expect((await put(operatorPaths.exams, mine, otherToken)).json()).toEqual({ ok: true });
    const theirs = await stranger.assignment();
    expect(theirs.exams.map(({ id }) => id)).toEqual(['ex_theirs']);
    expect((await station.assignment()).exams.length).toBe(before);
  });

  test('a proctor with a role, who is changed and not doubled, and is told to stations once they have a PIN', async () => {
    const chief = { id: 'pr_new', name: '孙主任', role: 'chief' };
    const { invitation } = (await put(operatorPaths.proctors, chief)).json<PutProctorReply>();
    const known = async () => (await station.assignment()).proctors.filter(({ name }) => name === '孙主任');
    expect(await known()).toEqual([]);
    const wish = { proctor: invitation?.number, code: invitation?.code, pin: '4829' };
    expect((await open.app.inject({ method: 'POST', url: setPinPath, payload: wish })).statusCode).toBe(200);
    // By another id it is the same person, and the PIN stays.
    const [before] = await known();
    expect((await put(operatorPaths.proctors, { ...chief, id: 'pr_four', role: 'administrator' })).json()).toEqual({
      ok: true,
    });
    expect(await known()).toEqual([{ ...before, role: 'administrator' }]);
    await put(operatorPaths.proctors, { id: 'pr_new', name: '孙主任' });
    expect(await known()).toEqual([{ ...before, role: 'administrator' }]);
    for (const wrong of [{ role: 'king' }, { id: 'x' }])
      expect((await put(operatorPaths.proctors, { ...chief, ...wrong })).json().reason).toBe('bad-message');
  });

  test('a candidate who is there is changed by number and name, whatever the id, and keeps what is not named', async () => {
    const before = (await station.assignment()).candidates.find(({ number }) => number === '110105198001010016');
    const { id, name } = before ?? { id: '', name: '' };
    const change = { id: 'cd_another', name, number: '110105198001010016', examId: 'ex_demo' };
    expect((await put(operatorPaths.candidates, { ...change, extraMinutes: 15 })).json()).toMatchObject({
      ok: true,
      id,
    });
    expect((await put(operatorPaths.candidates, change)).json()).toMatchObject({ ok: true, id });
    // Under another name it may be somebody else, unless the id says that it is not.
    const renamed = { ...change, name: '改名' };
    expect((await put(operatorPaths.candidates, renamed)).json().reason).toBe('candidate-other');
    expect((await put(operatorPaths.candidates, { ...renamed, id })).json()).toMatchObject({ ok: true, id });
    const { candidates } = await station.assignment();
    expect(candidates.filter(({ number }) => number === change.number)).toEqual([
      { ...before, name: '改名', extraMinutes: 15 },
    ]);
  });

  test('seats, drawn anew where that is asked for, each its own, and none outside the room', async () => {
    const draw = (rows: number, columns: number, again = true) =>
      post(operatorPaths.seats, { examId: 'ex_demo', rows, columns, again });
    expect((await draw(2, 2)).json().reason).toBe('room-too-small');
    const drawn = new Set<string>();
    for (let n = 0; n < 8; n++) {
      const { seats } = (await draw(3, 4)).json<{ seats: { candidateId: string; seat: string }[] }>();
      const { candidates } = await station.assignment();
      for (const { candidateId, seat } of seats) {
        expect(candidates.find(({ id }) => id === candidateId)?.seat).toBe(seat);
        expect(seat).toMatch(/^[1-3]-[1-4]$/);
        drawn.add(`${candidateId} ${seat}`);
      }
      expect(new Set(seats.map(({ seat }) => seat)).size).toBe(seats.length);
    }
    expect(drawn.size).toBeGreaterThan(10);
    // Whoever has one keeps it, and whoever comes later gets one that is free.
    const { seats: before } = (await draw(3, 4)).json<{ seats: { candidateId: string; seat: string }[] }>();
    const late = { id: 'cd_late', name: '迟到', number: '110105199003077454', examId: 'ex_demo' };
    expect((await put(operatorPaths.candidates, late)).json()).toMatchObject({ ok: true, id: late.id });
    const more = (await draw(3, 4, false)).json<{ drawn: number; seats: typeof before }>();
    expect([more.drawn, more.seats.length]).toEqual([1, before.length + 1]);
    expect(more.seats).toEqual(expect.arrayContaining(before));
    expect(new Set(more.seats.map(({ seat }) => seat)).size).toBe(more.seats.length);
    expect((await draw(3, 4, false)).json()).toMatchObject({ drawn: 0 });
    // A seat of another room is none.
    const { seats: elsewhere } = (await draw(8, 1, false)).json<{ seats: typeof before }>();
    for (const { seat } of elsewhere) expect(seat).toMatch(/^[1-8]-1$/);
    expect((await post(operatorPaths.seats, { examId: 'ex_demo', rows: 0, columns: 4 })).json().reason).toBe(
      'bad-message',
    );
  });

  test('a picture is one, and goes to the stations of its tenant', async () => {
    const [picture = Buffer.alloc(0)] = demoPictures().map((bytes) => Buffer.from(bytes));
    const reply = await station.call('GET', paths.picture(sha256(picture)));
    expect([reply.headers['content-type'], reply.rawPayload]).toEqual(['image/png', picture]);
    expect((await station.call('GET', paths.picture(sha256('none')))).json().reason).toBe('picture-missing');
    expect((await station.call('GET', paths.picture('../../x'))).json().reason).toBe('picture-missing');
    for (const bytes of [Buffer.from('<svg/>'), Buffer.alloc(0), Buffer.concat([picture, Buffer.alloc(5_000_000)])])
      expect((await post(operatorPaths.pictures, bytes)).json().reason).toBe('picture-unreadable');
  });

  test('is refused where it would not hold', async () => {
    const { exam: e, bank } = await exam();
    const refusals = [
      [{ exam: e, bank: { ...bank, hash: sha256('x') } }, 422, 'hash-mismatch'],
      [{ exam: e, bank: { ...bank, items: bank.items.slice(1) } }, 422, 'hash-mismatch'],
      [{ exam: { ...e, bankId: 'bk_x' }, bank }, 404, 'item-unknown'],
      [
        { exam: { ...e, blueprint: { rows: [{ kind: 'single', count: 400, marks: 1 }] } }, bank },
        422,
        'bank-too-small',
      ],
      [{ exam: { ...e, passMarks: 101 }, bank }, 400, 'bad-message'],
      [{ exam: { ...e, title: { zh: '\ud800' } }, bank }, 400, 'bad-message'],
      [{ exam: {} }, 400, 'bad-message'],
    ] as const;
    for (const [message, status, reason] of refusals) {
      const reply = await put(operatorPaths.exams, message);
      expect([reply.statusCode, reply.json().reason]).toEqual([status, reason]);
    }
  });

  test('a candidate needs a true number, an exam of this tenant and a JPEG', async () => {
    const candidate = { id: 'cd_new', name: '吴新人', number: '110105199909090015', examId: 'ex_demo', photos: [] };
    const spare = `11010519491231005${checkCharacter('11010519491231005')}`;
    const refusals = [
      [{ number: '110105199909090010' }, 422, 'number-checksum'],
      [{ number: '110105199913390010' }, 422, 'number-malformed'],
      [{ number: spare, examId: 'ex_theirs' }, 422, 'no-exam'],
      [{ number: spare, photos: ['aGVsbG8='] }, 422, 'photo-unreadable'],
      [{ number: spare, name: 'a\u0000b' }, 400, 'bad-message'],
    ] as const;
    for (const [change, status, reason] of refusals) {
      const reply = await put(operatorPaths.candidates, { ...candidate, ...change });
      expect([change, reply.statusCode, reply.json().reason]).toEqual([change, status, reason]);
    }
    // Not even the name, where a photo is none.
    expect((await station.assignment()).candidates.map(({ id }) => id)).not.toContain('cd_new');
  });
});

test('what is not there is said in JSON, and no fault shows its stack', async () => {
  const missing = await open.app.inject('/v2/nothing');
  expect([missing.statusCode, missing.json().reason]).toEqual([404, 'method-unknown']);
  const tooLarge = await open.app.inject({ method: 'POST', url: paths.enrol, payload: Buffer.alloc(2 ** 21) });
  expect([tooLarge.statusCode, tooLarge.json().reason]).toEqual([413, 'bad-message']);
  for (const payload of ['{', '{}', 'null', Buffer.from([0x22, 0xff, 0x22])]) {
    const reply = await open.app.inject({
      method: 'POST',
      url: paths.enrol,
      payload,
      headers: { 'content-type': 'application/json' },
    });
    expect([reply.statusCode, Object.keys(reply.json())]).toEqual([400, ['reason', 'detail']]);
  }
});
