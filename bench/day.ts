import { statSync } from 'node:fs';
import { join } from 'node:path';
import { markForm } from '../authoring/marking/index.ts';
import { type Exam, USUAL_RECAPTURE } from '../contract/words/exam.ts';
import { CandidateId, ExamId, instant, ProctorId, Sha256, StationId, TenantId } from '../contract/words/ids.ts';
import { makeBank, makeItem } from '../proof/index.ts';
import type { Clock } from '../station/core/clock/index.ts';
import { openDatabase } from '../station/core/database/index.ts';
import { openLedger } from '../station/core/ledger/index.ts';
import { newIncidentId, openCurrentSitting, SittingEvent } from '../station/core/sitting/index.ts';
import { keyFromFile, openVault } from '../station/core/vault/index.ts';
import { makeRecord, openOutbox } from '../station/keep/outbox/index.ts';
import { openFormIssuer } from '../station/keep/papers/index.ts';

/** What many sittings in a row leave behind. */
export type Day = {
  readonly sittings: number;
  readonly itemsEach: number;
  readonly events: number;
  readonly databaseMb: number;
  /** Resident memory after a tenth of the day, and at its end. */
  readonly settledMb: number;
  readonly endMb: number;
  readonly growth: number;
  readonly msPerEvent: number;
};

const ITEMS = 100;
/** A candidate answers each half a minute, and the camera looks each 20 seconds. */
const [ANSWER_MS, LOOK_MS] = [27_000, 20_000];
const PROCTOR = ProctorId.parse('pr_bench');

const bank = makeBank(
  { zh: '一天的题' },
  Array.from({ length: 400 }, (_, n) =>
    makeItem({
      ...{ kind: 'single', stem: { zh: `第 ${n} 题` }, key: [n % 4], topic: '' },
      options: ['甲', '乙', '丙', '丁'].map((zh) => ({ zh })),
    }),
  ),
);
const exam: Exam = {
  id: ExamId.parse('ex_day'),
  title: { zh: '一天' },
  mode: 'formal',
  bankId: bank.id,
  blueprint: { rows: [{ kind: 'single', count: ITEMS, marks: 1 }] },
  durationSeconds: 3_600,
  passMarks: 80,
  attempts: 99,
  recapture: USUAL_RECAPTURE,
};

/** Plays whole sittings through the station's own core, each event on disk before the next; only the clock is run ahead. */
export async function simulateDay(folder: string, sittings: number): Promise<Day> {
  const database = openDatabase(join(folder, 'station.db'));
  const vault = openVault(keyFromFile(join(folder, 'vault.key')));
  const clock = aheadClock();
  const ledger = openLedger(database, clock, SittingEvent.parse);
  const seat = openCurrentSitting(ledger, clock);
  const forms = openFormIssuer(database, vault, clock);
  const outbox = openOutbox(database, clock);
  const started = performance.now();
  let settledMb = 0;
  for (let n = 0; n < sittings; n++) {
    sit(n);
    if (n === Math.floor(sittings / 10)) settledMb = residentMb();
    // What a station does between two candidates, too: it lets go of what it can.
    await new Promise(setImmediate);
  }
  const ms = performance.now() - started;
  const events = ledger.head().sequence;
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  const endMb = residentMb();
  const databaseMb = statSync(join(folder, 'station.db')).size / 1e6;
  const growth = endMb / settledMb - 1;
  return { sittings, itemsEach: ITEMS, events, databaseMb, settledMb, endMb, growth, msPerEvent: ms / events };

  function sit(n: number): void {
    const candidateId = CandidateId.parse(`cd_day-${n}`);
    seat.open({ tenantId: TenantId.parse('tn_bench'), candidateId, exam, identifiedBy: 'card' });
    seat.execute({ kind: 'consent', given: true, locale: 'zh' });
    look();
    const form = forms.issue(bank, exam.blueprint, candidateId);
    seat.execute({ kind: 'unlock', by: PROCTOR, form, durationMs: exam.durationSeconds * 1000, host: 'kiosk' });
    let looked = 0;
    for (const [at, { itemId, options }] of form.items.entries()) {
      clock.advance(ANSWER_MS);
      for (; looked + LOOK_MS <= (at + 1) * ANSWER_MS; looked += LOOK_MS) look();
      const chosen = options.slice(at % 4, (at % 4) + 1);
      seat.execute({ kind: 'answer', itemId, chosen, revision: 1 });
    }
    seat.execute({ kind: 'submit', cause: 'handed-in' });
    const items = new Map(bank.items.map((item) => [item.id, item]));
    const answers = seat.current?.answers;
    const marked = markForm(
      form.items,
      (item) => answers?.get(item) ?? { chosen: [] },
      (item) => items.get(item) ?? { kind: 'single', key: [] },
    );
    seat.execute({ kind: 'grade', marks: marked.marks, passed: false });
    const sitting = seat.current;
    if (!sitting) throw new Error('nobody sits here');
    const stationId = StationId.parse('st_bench');
    const basis = { version: '0', models: 'bench', calibration: Sha256.parse('0'.repeat(64)) };
    const record = makeRecord({ sitting, exam, stationId, marked, basis, ledger: ledger.head(), clock });
    seat.execute({ kind: 'record', recordHash: outbox.add(record) });
    seat.leave();
  }
  function look(): void {
    const capture = {
      outcome: 'match',
      similarity: 0.9,
      live: 0.99,
      frames: 5,
      usable: 5,
      calibration: 'bench',
    } as const;
    const challenge = { gestures: ['blink' as const], passed: true };
    seat.execute({ kind: 'judge', capture: { ...capture, challenge }, incidentId: newIncidentId() });
  }
}

const residentMb = (): number => {
  global.gc?.();
  return process.memoryUsage.rss() / 1e6;
};

/** A clock that passes only when it is told to. */
function aheadClock(): Clock & { advance(ms: number): void } {
  let now = 0;
  const begin = Date.UTC(2026, 0, 5, 8);
  return {
    boot: 'bench',
    wall: () => instant(new Date(begin + now)),
    monotonic: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}
