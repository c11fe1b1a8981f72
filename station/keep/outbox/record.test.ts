import { describe, expect, it } from 'vitest';
import { BANK, EXAM } from '../../../authoring/bank.fixture.ts';
import { drawForm } from '../../../authoring/drawing/index.ts';
import { markForm } from '../../../authoring/marking/index.ts';
import { fullMarks } from '../../../contract/words/blueprint.ts';
import type { Exam } from '../../../contract/words/exam.ts';
import { type Instant, type ItemId, instant, type OptionId, Sha256 } from '../../../contract/words/ids.ts';
import { STATION } from '../../../proof/proof.fixture.ts';
import { openDatabase } from '../../core/database/index.ts';
import { openLedger } from '../../core/ledger/index.ts';
import { newIncidentId, openCurrentSitting, type Sitting, SittingEvent } from '../../core/sitting/index.ts';
import { assignmentOf, manualClock, WANG } from '../../station.fixture.ts';
import { makeRecord } from './index.ts';

const FORM = drawForm(BANK, EXAM.blueprint, 'the seed of the record');
const CAPTURE = { outcome: 'match', similarity: 0.9, live: 0.98, frames: 5, usable: 5, calibration: 'test-1' } as const;
const itemOf = (id: ItemId) => BANK.items.find((item) => item.id === id) as (typeof BANK.items)[number];
const keyOf = (id: ItemId): readonly OptionId[] => itemOf(id).key;

const BASIS = { version: '1.2.3', models: 'pack', calibration: Sha256.parse('c'.repeat(64)) };

/**
 * A sitting that was graded: two items right, one wrong, a pause of a minute.
 * @param lower what was known of the center's time; nothing as programs wrote it down that did not know of that
 */
function graded({ lower, exam = EXAM }: { readonly lower?: Instant | null; readonly exam?: Exam } = {}) {
  const clock = manualClock();
  const ledger = openLedger(openDatabase(':memory:'), clock, SittingEvent.parse);
  const seat = openCurrentSitting(ledger, clock);
  const { tenant, candidates, proctors } = assignmentOf();
  const by = proctors[0]?.id as (typeof proctors)[number]['id'];
  seat.open({ tenantId: tenant.id, candidateId: candidates[0]?.id as never, exam, identifiedBy: 'card' });
  seat.execute({ kind: 'consent', given: true, locale: 'zh' });
  seat.execute({ kind: 'judge', capture: CAPTURE, incidentId: newIncidentId() });
  const known = lower === undefined ? {} : { lower };
  seat.execute({ kind: 'unlock', by, form: FORM, durationMs: 600_000, host: 'kiosk', ...known });
  for (const [at, { itemId, options }] of FORM.items.slice(0, 3).entries()) {
    clock.advance(1_000);
    const chosen = at < 2 ? keyOf(itemId) : options.filter((id) => !keyOf(itemId).includes(id)).slice(0, 1);
    seat.execute({ kind: 'answer', itemId, chosen, revision: 1 });
  }
  seat.execute({ kind: 'interrupt', reason: 'camera-lost', incidentId: newIncidentId() });
  clock.advance(60_000);
  seat.execute({ kind: 'resume', by });
  clock.advance(500);
  seat.execute({ kind: 'submit', cause: 'handed-in' });
  const { answers } = seat.current as Sitting;
  const marked = markForm(
    FORM.items,
    (id) => answers.get(id) ?? { chosen: [] },
    (id) => itemOf(id),
  );
  seat.execute({ kind: 'grade', marks: marked.marks, passed: marked.marks >= EXAM.passMarks });
  clock.advance(5_000);
  const sitting = seat.current as Sitting;
  const rewritten = (changes: Partial<Pick<Sitting, 'hosts' | 'grant'>>) =>
    makeRecord({
      ...{
        sitting: { ...sitting, ...changes },
        exam,
        stationId: STATION,
        marked,
        basis: BASIS,
        ledger: ledger.head(),
        clock,
      },
    });
  return {
    sitting,
    marked,
    record: rewritten({}),
    rewritten,
    ledger,
  };
}

describe('a record', () => {
  it('says who sat what where, and how it ended', () => {
    const { record, sitting } = graded();
    expect(record).toMatchObject({
      stationId: STATION,
      tenantId: 'tn_test',
      sittingId: sitting.id,
      candidateId: WANG.id,
      exam: { id: EXAM.id, title: EXAM.title, mode: 'formal' },
      cause: 'handed-in',
      identity: { how: 'verified', similarity: 0.9, live: 0.98, calibration: 'test-1' },
    });
  });

  it('counts exam time only: not the pause, not what came after', () => {
    expect(graded().record.activeMs).toBe(3_500);
  });

  it('has the marks, item by item, and says passed by the pass mark', () => {
    const { record, marked } = graded();
    expect([record.marks, record.fullMarks, record.passMarks, record.passed]).toEqual([
      2,
      fullMarks(EXAM.blueprint),
      EXAM.passMarks,
      false,
    ]);
    expect(record.answers).toEqual(marked.items);
    expect(record.answers).toHaveLength(14);
  });

  it('holds what redraws the form, and not the form itself', () => {
    const { bankId, bankHash, blueprintHash, seed, formHash } = FORM;
    expect(graded().record.form).toEqual({ bankId, bankHash, blueprintHash, seed, formHash });
  });

  it('lists the incidents and is tied to the head of the ledger', () => {
    const { record, ledger } = graded();
    expect(record.incidents).toMatchObject([{ reason: 'camera-lost', paused: true }]);
    expect(record.ledger).toEqual({ sequence: ledger.head().sequence, head: ledger.head().hash });
  });

  it('lists what proctors did, in order, and not what the candidate did', () => {
    expect(graded().record.decisions).toMatchObject([
      { action: 'unlocked', by: 'pr_zhao' },
      { action: 'resumed', by: 'pr_zhao' },
    ]);
  });

  it('says everywhere it was shown, and nothing where its beginning does not say it', () => {
    const { record, rewritten } = graded();
    expect(record).toMatchObject({ format: 'exam-station/record@6', hosts: ['kiosk'] });
    const moved = rewritten({ hosts: ['kiosk', 'browser'] });
    expect(moved).toMatchObject({ format: 'exam-station/record@6', hosts: ['kiosk', 'browser'] });
    expect(rewritten({ hosts: undefined })).toMatchObject({ format: 'exam-station/record@1' });
    expect(rewritten({ hosts: undefined })).not.toHaveProperty('hosts');
  });

  it('names the grant it was sat under, and then is an @7', () => {
    expect(graded().rewritten({ grant: 'gr_1' as never })).toMatchObject({
      format: 'exam-station/record@7',
      grant: 'gr_1',
    });
    expect(graded().record).not.toHaveProperty('grant');
  });

  it('holds neither name nor number', () => {
    const text = JSON.stringify(graded().record);
    expect(text).not.toContain(WANG.name);
    expect(text).not.toContain(WANG.number);
  });
});

describe('how it came about', () => {
  const lower = instant(new Date('2026-03-04T05:00:00.000Z'));

  it('is said of what counts: an @9', () => {
    const { record, sitting } = graded({ lower });
    expect(record).toMatchObject({
      format: 'exam-station/record@9',
      basis: { program: { name: 'exam-station', version: '1.2.3' }, models: 'pack', calibration: 'c'.repeat(64) },
      faces: { reference: [], failed: [] },
      time: { lower, token: null, jumps: [], boots: 0, began: sitting.background.begun?.line },
      claim: 'unasked',
    });
    expect(graded({ lower: null }).record).toMatchObject({ time: { lower: null } });
  });

  it('is said of a gate, for which nobody asks, and not of practice', () => {
    expect(graded({ lower, exam: { ...EXAM, mode: 'gate' } }).record).toMatchObject({ claim: 'none' });
    expect(graded({ lower, exam: { ...EXAM, mode: 'mock' } }).record.format).toBe('exam-station/record@6');
  });

  it('is not made up where it was not written down', () => {
    expect(graded().record.format).toBe('exam-station/record@6');
  });
});
