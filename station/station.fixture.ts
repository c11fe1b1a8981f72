import { hashSync } from '@node-rs/argon2';
import { EXAM, MOCK } from '../authoring/bank.fixture.ts';
import { Assignment } from '../contract/station-center/center-api.ts';
import { birthDateOf, type IdNumber } from '../contract/words/id-number.ts';
import { instant } from '../contract/words/ids.ts';
import { shippedCalibration } from '../native/face/index.ts';
import type { Clock } from './core/clock/index.ts';
import type { CardSaid } from './steps/index.ts';

/** The network that looks, where a test says what it sees. */
export const { embedder: EMBEDDER } = shippedCalibration;

/** What the tests of several domains share: a clock to turn by hand, a folder, a bank, an exam, a roster. */
export type ManualClock = Clock & { advance(ms: number): void; reboot(): void };

export function manualClock(): ManualClock {
  let boots = 1;
  let now = 0;
  let wall = Date.parse('2026-03-04T05:06:07.890Z');
  return {
    get boot() {
      return `boot-${boots}`;
    },
    wall: () => instant(new Date(wall)),
    monotonic: () => now,
    advance(ms) {
      now += ms;
      wall += ms;
    },
    reboot() {
      boots += 1;
      now = 0;
    },
  };
}

export const PIN = '482915';
export const PIN_HASH = hashSync(PIN, { memoryCost: 64, timeCost: 1, parallelism: 1 });

export const [WANGS_PHOTO, LIS_PHOTO] = ['a'.repeat(64), 'b'.repeat(64)];

/** Two fictional people and a proctor. */
export const WANG = {
  id: 'cd_wang',
  name: '王试验',
  number: '11010519491231002X',
  photos: [WANGS_PHOTO],
  examId: EXAM.id,
  attemptsUsed: 0,
};
export const LI = { ...WANG, id: 'cd_li', name: '李模拟', number: '440524188001010014', photos: [LIS_PHOTO] };

/** What the card of one of them says. */
export const cardOf = ({ name, number }: typeof WANG, changes: Partial<CardSaid> = {}): CardSaid => ({
  numbers: [number as IdNumber],
  names: [{ text: name, room: 15 }],
  birthDate: birthDateOf(number) ?? '1949-12-31',
  validFrom: '2020-01-01',
  validTo: 'long-term',
  ...changes,
});

export const assignmentOf = (changes: Partial<Record<keyof Assignment, unknown>> = {}): Assignment =>
  Assignment.parse({
    tenant: { id: 'tn_test', name: '试验企业' },
    issuedAt: '2026-03-04T05:06:07.890Z',
    exams: [EXAM, MOCK],
    visitorExamId: MOCK.id,
    candidates: [WANG, LI],
    proctors: [{ id: 'pr_zhao', name: '赵监考', pinHash: PIN_HASH }],
    ...changes,
  });
