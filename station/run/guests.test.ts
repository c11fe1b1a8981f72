import { hashSync } from '@node-rs/argon2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { BANK, EXAM } from '../../authoring/bank.fixture.ts';
import { CandidateId, CommandId, SittingId } from '../../contract/words/ids.ts';
import { verifyProofFile } from '../../proof/index.ts';
import { GUEST, readBatch, STATION, TENANT } from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { assignmentOf, PIN, PIN_HASH, WANG, WANGS_PHOTO } from '../station.fixture.ts';
import {
  type Bench,
  begins,
  GRANT,
  GUEST_NAME,
  GUEST_PIN,
  giveTo,
  HOUR_MS,
  handsIn,
  leaves,
  noticeOf,
  openRented,
  stationParts,
  tellOfGuest,
  waitsForUnlock,
  within,
} from './guests.fixture.ts';
import { reportOf } from './guests.ts';
import { openBench, person, WANGS_FACE } from './terminal.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

/** The owner's own Wang sits, and hands in. */
async function ownSits(bench: Bench): Promise<void> {
  bench.show(person(WANGS_FACE));
  await bench.begin();
  await handsIn(bench);
  await leaves(bench);
}

describe('somebody of a firm that uses this station by a grant', () => {
  it('sits their firm’s exam: the screen names the firm, and the record firm and grant', async () => {
    const bench = openRented();
    await bench.pass(50);
    expect(bench.screen.view?.station.tenant).toBe('试验企业');
    await begins(bench);
    expect(bench.screen.view?.station.tenant).toBe(GUEST_NAME);
    expect(bench.stage).toMatchObject({ who: { name: '乙单位王' } });
    expect(bench.screen.view?.decisions).toMatchObject([{ action: 'unlocked', by: '乙监考' }]);
    expect(bench.sitting).toMatchObject({ tenantId: GUEST, grant: GRANT });
    await handsIn(bench);
    await bench.station.outbox.seal(STATION, bench.station.identity.signer);
    const [batch] = bench.station.outbox.waiting();
    expect(batch && readBatch(batch).records).toMatchObject([
      { format: 'exam-station/record@9', tenantId: GUEST, grant: GRANT, candidateId: WANG.id },
    ]);
    await leaves(bench);
    expect(bench.screen.view?.station.tenant).toBe('试验企业');
  });

  it('is offered their firm’s exam where whoever runs the room has none of their own', async () => {
    const none = { candidates: [], exams: [], proctors: [], visitorExamId: null };
    const bench = openBench({ assignment: assignmentOf(none), enrolled: false });
    await bench.pass(50);
    expect(bench.stage).toMatchObject({ stage: 'idle', exams: [] });
    expect(await refusalOf(bench.call('identify.typed', { number: WANG.number }))).toBe('station-not-ready');
    giveTo(bench);
    tellOfGuest(bench);
    bench.station.shown.tell();
    await bench.pass(50);
    expect(bench.stage).toMatchObject({ stage: 'idle', exams: [EXAM.title] });
    await waitsForUnlock(bench);
    expect(bench.sitting.tenantId).toBe(GUEST);
  });

  it('is told of to their own firm where their photo is of no use', () => {
    const bench = openRented();
    const refused = { candidateId: WANG.id, photo: WANGS_PHOTO, reasons: ['face-blurred'] };
    bench.station.roster.of(GUEST).refusePhoto(CandidateId.parse(WANG.id), WANGS_PHOTO, ['face-blurred']);
    expect(reportOf(bench.station.readiness.now, stationParts(bench))).toMatchObject({
      ...{ refusedPhotos: [], guests: [{ grant: GRANT, refusedPhotos: [refused] }] },
    });
  });

  it('goes on after a power cut as who they were', async () => {
    const bench = openRented();
    await begins(bench);
    await bench.restart();
    await bench.reaches('in-progress');
    expect(bench.sitting).toMatchObject({ tenantId: GUEST, grant: GRANT, stage: 'in-progress' });
    expect(bench.screen.view?.station.tenant).toBe(GUEST_NAME);
  });

  it('is known by the face their own firm has, and by no other’s of the same id', async () => {
    const bench = openRented({ assignment: assignmentOf({ candidates: [WANG] }), enrolled: true });
    // The owner's photo of the same id: who looks like that is not the guest's candidate.
    bench.show(person(WANGS_FACE));
    await bench.checkIn();
    await bench.reaches('refused');
    expect(bench.sitting).toMatchObject({ tenantId: GUEST, refusal: 'mismatch' });
  });

  it('is not known without a grant that runs, or for an exam that it does not cover', async () => {
    const bench = openRented();
    for (const changes of [{ from: within(60_000) }, { until: within(0) }, { exams: ['ex_other'] }]) {
      giveTo(bench, changes);
      bench.station.terminal.cardRead(WANG.number);
      await bench.pass(50);
      expect(noticeOf(bench)).toBe('not-on-roster');
    }
    giveTo(bench, { exams: [EXAM.id] });
    await waitsForUnlock(bench);
    expect(bench.sitting.tenantId).toBe(GUEST);
  });

  it('who is on both rosters sits where they have an attempt left, first where the grant ends', async () => {
    const bench = openRented({ assignment: assignmentOf({ candidates: [WANG] }), enrolled: true });
    const sitsFor = async () => {
      await bench.pass(50);
      bench.station.terminal.cardRead(WANG.number);
      await bench.reaches('consenting');
      const { tenantId } = bench.sitting;
      await leaves(bench);
      return tenantId;
    };
    expect(await sitsFor()).toBe(GUEST);
    tellOfGuest(bench, { candidates: [{ ...WANG, attemptsUsed: EXAM.attempts }] });
    expect(await sitsFor()).toBe(TENANT);
    // With none left anywhere they are told so.
    bench.station.roster.apply(
      assignmentOf({ candidates: [{ ...WANG, attemptsUsed: EXAM.attempts }], issuedAt: within(0) }),
    );
    bench.station.terminal.cardRead(WANG.number);
    await bench.pass(50);
    expect(noticeOf(bench)).toBe('no-attempt-left');
  });

  it('uses up attempts at their firm alone', async () => {
    const one = { ...EXAM, attempts: 1 };
    const bench = openBench({ assignment: assignmentOf({ exams: [one], visitorExamId: null }) });
    giveTo(bench);
    tellOfGuest(bench, { exams: [one], issuedAt: within(-60_000) });
    await begins(bench);
    await handsIn(bench);
    await leaves(bench);
    await ownSits(bench);
    bench.station.terminal.cardRead(WANG.number);
    await bench.pass(50);
    expect(noticeOf(bench)).toBe('no-attempt-left');
  });

  it('has a book of mistakes of their own, which no other firm opens', () => {
    const { mistakes } = openRented().station;
    const [wang, item] = [CandidateId.parse(WANG.id), BANK.items[0]?.id as never];
    mistakes
      .of(GUEST)
      .note(wang, [{ itemId: item, given: { chosen: ['op_b' as never] }, right: false }], SittingId.parse('si_1'));
    expect([mistakes.items(wang), mistakes.of(GUEST).items(wang)]).toEqual([[], [item]]);
    expect(mistakes.of(GUEST).given(wang, item)).toEqual({ chosen: ['op_b'] });
  });

  it('has a pass of their own at a gate', () => {
    const { passes } = openRented().station;
    const wang = CandidateId.parse(WANG.id);
    passes.issue(wang, EXAM.id, 1, GUEST);
    expect(passes.validUntil(wang, EXAM.id)).toBeUndefined();
    expect(passes.validUntil(wang, EXAM.id, GUEST)).toBeDefined();
  });
});

describe('a proctor', () => {
  it('of the firm whose station it is decides nothing about a guest’s exam', async () => {
    const bench = openRented();
    await waitsForUnlock(bench);
    expect(await refusalOf(bench.act({ kind: 'unlock' }, PIN))).toBe('pin-wrong');
    await bench.pass(5_000);
    await bench.act({ kind: 'unlock' }, GUEST_PIN);
    await bench.reaches('in-progress');
    expect(await refusalOf(bench.act({ kind: 'terminate', note: '违反考场纪律' }, PIN))).toBe('pin-wrong');
    expect(bench.incidents.map(({ reason }) => reason)).toEqual(['pin-wrong']);
    expect(await refusalOf(bench.openDesk(PIN))).toBe('pin-wrong');
  });

  it('of a guest decides nothing about the exam of another firm, and does not close the kiosk', async () => {
    const bench = openBench();
    giveTo(bench);
    tellOfGuest(bench, { candidates: [] });
    await bench.checkIn();
    await bench.reaches('awaiting-unlock');
    await bench.settled();
    expect(await refusalOf(bench.act({ kind: 'unlock' }, GUEST_PIN))).toBe('pin-wrong');
    await bench.pass(5_000);
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    await handsIn(bench);
    await leaves(bench);
    expect(await refusalOf(bench.act({ kind: 'close-kiosk', note: '下班了' }, GUEST_PIN))).toBe('pin-wrong');
  });

  it('who is one for both firms has a badge for each, by what it is about', async () => {
    const badgeHash = hashSync(WANG.number, { memoryCost: 64, timeCost: 1, parallelism: 1 });
    const bench = openRented({
      assignment: assignmentOf({
        candidates: [],
        proctors: [{ id: 'pr_own', name: '赵', pinHash: PIN_HASH, badgeHash }],
      }),
    });
    await waitsForUnlock(bench);
    const { proctors } = bench.station;
    // Known at the owner's firm alone: no pass for a guest's exam.
    const only = await proctors.byBadge(WANG.number);
    expect(await refusalOf(bench.act({ kind: 'unlock' }, only))).toBe('pin-wrong');
    await bench.pass(5_000);
    tellOfGuest(bench, { proctors: [{ id: 'pr_guest', name: '赵', pinHash: PIN_HASH, badgeHash }] });
    await bench.act({ kind: 'unlock' }, await proctors.byBadge(WANG.number));
    await bench.reaches('in-progress');
    expect(bench.sitting.decisions).toMatchObject([{ action: 'unlocked', by: 'pr_guest' }]);
  });

  it('from elsewhere is heard where their own firm’s exam is sat, though another calls it the same', async () => {
    const bench = openRented();
    await waitsForUnlock(bench);
    const tell = async (id: string, changes: object) => {
      const plain = { id, stationId: STATION, examId: EXAM.id, by: 'pr_zhao', action: { kind: 'unlock' } };
      const times = { issuedAt: within(0), expiresAt: within(60_000) };
      const jws = bench.center.signer.sign('exam-station/command', { ...plain, ...times, ...changes });
      await bench.station.terminal.obey(jws, within(0), GRANT);
      return bench.station.commands.untold().find((one) => one.id === CommandId.parse(id));
    };
    expect(await tell('cm_1', {})).toMatchObject({ outcome: 'nobody-here' });
    expect(await tell('cm_2', { tenantId: TENANT })).toMatchObject({ outcome: 'nobody-here' });
    expect(await tell('cm_3', { tenantId: 'tn_third' })).toMatchObject({ outcome: 'unauthorised' });
    expect(await tell('cm_4', { tenantId: GUEST })).toEqual({ id: 'cm_4', outcome: 'done', grant: GRANT });
    expect(bench.sitting.stage).toBe('in-progress');
  });

  it('tells the room a code that unlocks the exam of their own firm only', async () => {
    const codeHash = hashSync('123456', { memoryCost: 64, timeCost: 1, parallelism: 1 });
    const window = {
      ...{ id: 'ss_1', examId: EXAM.id, codeHash, by: 'pr_zhao' },
      ...{ opensAt: within(-HOUR_MS), closesAt: within(HOUR_MS) },
    };
    const bench = openRented({ assignment: assignmentOf({ candidates: [], sessions: [window] }) });
    await waitsForUnlock(bench);
    expect(bench.stage).not.toHaveProperty('byCode');
    expect(await refusalOf(bench.call('unlock.code', { code: '123456' }))).toBe('code-wrong');
    await bench.pass(5_000);
    tellOfGuest(bench, { sessions: [window] });
    await bench.call('unlock.code', { code: '123456' });
    await bench.reaches('in-progress');
  });
});

describe('results of two firms', () => {
  it('go up in batches apart, and each firm’s proof shows its own alone', async () => {
    const bench = openBench();
    await ownSits(bench);
    giveTo(bench);
    tellOfGuest(bench);
    await begins(bench);
    await handsIn(bench);
    await leaves(bench);
    const { outbox, identity, grants } = bench.station;
    for (let n = 0; n < 3; n++) await outbox.seal(STATION, identity.signer);
    const firms = outbox.waiting().map((batch) => readBatch(batch).records.map(({ tenantId }) => tenantId));
    expect(firms).toEqual([[TENANT], [GUEST]]);
    const { certificate = '' } = identity.enrolment ?? {};
    const key = bench.center.signer.publicKey;
    for (const [at, tenantId] of [TENANT, GUEST].entries()) {
      const text = outbox.proofFile(at + 1, certificate, key, grants) ?? '';
      expect(text.includes(`"tenantId":"${tenantId === GUEST ? TENANT : GUEST}"`)).toBe(false);
      expect(await verifyProofFile(Buffer.from(text), key)).toMatchObject({
        ok: true,
        summary: { tenantId, ownerId: TENANT, records: 1, grants: tenantId === GUEST ? [{ id: GRANT }] : [] },
      });
    }
  });
});
