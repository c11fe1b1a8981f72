import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXAM, MOCK } from '../../authoring/bank.fixture.ts';
import { AdmissionSlip } from '../../contract/words/admission-slip.ts';
import { type Signer, slipCode } from '../../proof/index.ts';
import { GUEST, newSigner, openTinyCenter, TENANT } from '../../proof/proof.fixture.ts';
import { refusalOf } from '../../tests/kit/refusals.ts';
import { giveTo, tellOfGuest, within } from '../run/guests.fixture.ts';
import { openBench, person, WANGS_FACE } from '../run/terminal.fixture.ts';
import { assignmentOf, cardOf, LI, WANG } from '../station.fixture.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => void vi.useRealTimers());

const HOUR_MS = 3_600_000;
const TURN = 'tu_morning';
const SLIPS = { ...EXAM, slips: 'allowed' };
const COMES = { ...WANG, turns: [TURN] };
const ROSTER = { exams: [SLIPS, MOCK], candidates: [COMES, LI] };

/** A station where somebody comes to a turn, and what signs for its center. */
function openRoom(changes: Parameters<typeof assignmentOf>[0] = {}) {
  const center = openTinyCenter();
  return { bench: openBench({ center, assignment: assignmentOf({ ...ROSTER, ...changes }) }), signer: center.signer };
}
type Bench = ReturnType<typeof openBench>;

const slipOf = (signer: Signer, changes: object = {}): string =>
  slipCode(
    AdmissionSlip.parse({
      format: 'exam-station/admission-slip@1',
      ...{ turnId: TURN, tenantId: TENANT, candidateId: WANG.id, examId: EXAM.id, room: TENANT },
      ...{ issuedAt: within(-HOUR_MS), begins: within(-60_000), until: within(HOUR_MS), ...changes },
    }),
    signer,
  );

const show = (bench: Bench, code: string) => bench.call('identify.slip', { code });
const opened = ({ station }: Bench) =>
  station.ledger
    .sittings()
    .flatMap((id) => station.ledger.ofSitting(id))
    .flatMap(({ event }) => (event.type === 'opened' ? [event] : []));

describe('an admission slip', () => {
  it('names whoever the center signed up; the face is checked as ever, and the record says how they came', async () => {
    const { bench, signer } = openRoom();
    bench.show(person(WANGS_FACE));
    await show(bench, slipOf(signer));
    expect(opened(bench)).toMatchObject([{ candidateId: WANG.id, exam: { id: EXAM.id }, identifiedBy: 'slip' }]);
    expect(bench.stage.stage).toBe('consenting');
    await bench.call('consent', { given: true, locale: 'zh' });
    await bench.reaches('awaiting-unlock');
    await bench.act({ kind: 'unlock' });
    await bench.reaches('in-progress');
    const { id } = bench.sitting;
    await bench.call('hand-in', {});
    await bench.reaches('result');
    expect(bench.station.outbox.recordOf(id)).toMatchObject({
      ...{ format: 'exam-station/record@9', identifiedBy: 'slip', candidateId: WANG.id },
    });
  });

  it('is offered on the first screen where an exam takes it, and nowhere else', async () => {
    const { bench } = openRoom();
    await bench.pass(50);
    expect(bench.stage).toMatchObject({ stage: 'idle', slips: true });
    const other = openBench();
    await other.pass(50);
    expect(other.stage).not.toHaveProperty('slips');
  });

  it.each([
    ['of a key that is not the center’s', 'slip-invalid', {}, {}],
    ['of another room', 'slip-other-room', { room: 'tn_elsewhere' }, {}],
    ['whose turn is over', 'slip-expired', { until: within(-1) }, {}],
    ['of somebody who is not on the roster', 'not-on-roster', { candidateId: 'cd_nobody' }, {}],
    ['of a firm that does not use this station', 'not-on-roster', { tenantId: GUEST }, {}],
    ['of a turn that was cancelled', 'slip-withdrawn', { turnId: 'tu_cancelled' }, {}],
    ['of somebody who was taken off the turn', 'slip-withdrawn', { candidateId: LI.id }, {}],
    ['of the turn after the next', 'slip-not-now', { examId: MOCK.id }, {}],
    ['of an exam that takes none', 'slip-not-taken', {}, { exams: [EXAM, MOCK] }],
  ])('%s is refused: %s', async (_, reason, changes, roster) => {
    const { bench, signer } = openRoom(roster);
    const issuer = reason === 'slip-invalid' ? newSigner() : signer;
    expect(await refusalOf(show(bench, slipOf(issuer, changes)))).toBe(reason);
    expect(opened(bench)).toEqual([]);
    expect(bench.station.seat.current).toBeUndefined();
  });

  it('is used once its exam was handed in, and a new one of the same turn is as well', async () => {
    const { bench, signer } = openRoom();
    await bench.begin();
    await bench.call('hand-in', {});
    await bench.reaches('result');
    await bench.call('leave', {});
    await bench.reaches('idle');
    expect(await refusalOf(show(bench, slipOf(signer)))).toBe('slip-used');
    // A turn that begins after that is another one: what was sat before has nothing to do with it.
    await bench.pass(60_000);
    await show(bench, slipOf(signer, { begins: within(-1_000) }));
    expect(bench.stage.stage).toBe('consenting');
  });

  it('settles nothing that a card left open', async () => {
    const { bench, signer } = openRoom();
    await bench.pass(50);
    bench.station.terminal.cardRead(WANG.number, cardOf(WANG, { names: [{ text: '别人', room: 15 }] }));
    await bench.pass(50);
    expect(await refusalOf(show(bench, slipOf(signer)))).toBe('card-name-differs');
    expect(opened(bench)).toEqual([]);
  });

  it('of a guest names the guest’s own, though the firm of the room has somebody of that id', async () => {
    const { bench, signer } = openRoom();
    giveTo(bench);
    tellOfGuest(bench, { exams: [SLIPS, MOCK], candidates: [{ ...COMES, name: '乙单位王' }] });
    await show(bench, slipOf(signer, { tenantId: GUEST }));
    expect(opened(bench)).toMatchObject([{ tenantId: GUEST, grant: 'gr_1', identifiedBy: 'slip' }]);
  });
});
