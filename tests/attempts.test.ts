import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { attemptsUsed, beginSitting } from '../center/moves/index.ts';
import type { ActingStation } from '../center/tenants/index.ts';
import { actingAs, enrolStation, newCode, openTestCenter, type TestCenter } from '../center/testing/index.ts';
import { CandidateId, ExamId, type Instant, instant, SittingId } from '../contract/words/ids.ts';
import { openDatabase } from '../station/core/database/index.ts';
import { openBeginnings } from '../station/keep/moves/index.ts';
import { attemptsOf } from '../station/steps/index.ts';

let open: TestCenter;
let acting: readonly ActingStation[];
beforeAll(async () => {
  open = await openTestCenter();
  const here = await enrolStation(open.app, open.secrets.enrolmentCode);
  const there = await enrolStation(open.app, await newCode(open.app, open.secrets.operatorToken), '二号考站');
  acting = await Promise.all([here, there].map((one) => actingAs(open, one)));
});
afterAll(() => open.close());

const [WHO, EXAM] = [CandidateId.parse('cd_demo-1'), ExamId.parse('ex_demo')];

/** A station as far as it counts: what began here, what came to a record here, and its newest roster. */
function openStation(as: ActingStation, now: () => Date) {
  const beginnings = openBeginnings(openDatabase(':memory:'));
  const [begun, recorded] = [new Set<SittingId>(), new Set<SittingId>()];
  let roster = { used: 0, issuedAt: instant(now()) };
  const center = { ...open.center, now };
  return {
    begun,
    begin(sitting: SittingId): void {
      beginnings.overBut(sitting);
      beginnings.begin({ sitting, candidate: WHO, exam: EXAM });
      begun.add(sitting);
    },
    record(): void {
      for (const sitting of begun) recorded.add(sitting);
      beginnings.overBut(undefined);
    },
    async tell(): Promise<void> {
      for (const { sitting, state } of beginnings.untold()) {
        const told = { sittingId: sitting, candidateId: WHO, examId: EXAM, state };
        const { answer, at } = await beginSitting(as, center, told, instant(now()));
        beginnings.told(sitting, state, answer === 'unheard' ? undefined : at);
      }
    },
    async refresh(): Promise<void> {
      const sitter = { id: WHO, examId: EXAM };
      const used = (await attemptsUsed(as, open.center.db, as.tenantId, [sitter]))(sitter);
      roster = { used, issuedAt: instant(now()) };
    },
    get used(): number {
      const { used: attemptsUsed, issuedAt } = roster;
      const assignment = { tenant: { id: as.tenantId }, issuedAt, exams: [{ id: EXAM, attempts: 9 }] };
      const parts = {
        roster: { of: () => ({ assignment }) },
        outbox: { attempts: (_: unknown, __: Instant) => [...recorded] },
        beginnings,
      } as unknown as Parameters<typeof attemptsOf>[0];
      return attemptsOf(parts, { candidate: { id: WHO, examId: EXAM, attemptsUsed } as never })?.used ?? -1;
    },
  };
}

test('each attempt counts once at every station, whatever is said in which order, and all once all is said', async () => {
  const step = fc.tuple(fc.nat(1), fc.constantFrom('begin', 'record', 'tell', 'refresh'));
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
      await open.center.db.query('DELETE FROM beginnings');
      let [ms, n] = [Date.parse('2026-11-25T08:00:00Z'), 0];
      run++;
      const now = (): Date => {
        ms += 1_000;
        return new Date(ms);
      };
      const stations = acting.map((as) => openStation(as, now));
      const total = (): number => stations.reduce((sum, { begun }) => sum + begun.size, 0);
      for (const [at, what] of steps) {
        const station = stations[at] as (typeof stations)[0];
        // More than the center believes of one station is another test's.
        if (what !== 'begin') await station[what]();
        else if (station.begun.size < 4) station.begin(SittingId.parse(`si_${run}-${n++}`));
        for (const one of stations) expect(one.used).toBeLessThanOrEqual(total());
      }
      for (const one of stations) one.record();
      for (const one of stations) expect(one.used).toBeGreaterThanOrEqual(one.begun.size);
      for (const one of stations) await one.tell();
      for (const one of stations) await one.refresh();
      expect(stations.map(({ used }) => used)).toEqual([total(), total()]);
    }),
    { numRuns: 25 },
  );
});
