import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from '@node-rs/argon2';
import { onTestFinished } from 'vitest';
import { Assignment } from '../contract/center-api.ts';
import { Exam } from '../contract/exam.ts';
import { instant } from '../contract/ids.ts';
import type { ItemKind } from '../contract/items.ts';
import { makeBank, makeItem, sha256 } from '../contract/proof/index.ts';
import type { Clock } from './clock/index.ts';

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

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'exam-station-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The reason code of whatever a piece of work throws; `ok` where it throws nothing. */
export function reasonOf(work: () => unknown): string {
  try {
    work();
    return 'ok';
  } catch (error) {
    return (error as { reason?: string }).reason ?? String(error);
  }
}

/** What would have ended the program while the work ran: exceptions and rejections that nobody caught. */
export async function uncaughtDuring(work: () => Promise<unknown>): Promise<readonly string[]> {
  const caught: string[] = [];
  const note = (error: unknown): void => void caught.push(String(error));
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const others = events.map((event) => process.listeners(event as 'uncaughtException'));
  for (const event of events) process.removeAllListeners(event).on(event, note);
  try {
    await work();
    await new Promise(setImmediate);
  } finally {
    for (const [at, event] of events.entries()) {
      process.removeAllListeners(event);
      for (const listener of others[at] ?? []) process.on(event, listener);
    }
  }
  return caught;
}

const TEXTS: Readonly<Record<ItemKind, { readonly options: readonly string[]; readonly key: readonly number[] }>> = {
  'true-false': { options: ['正确', '错误'], key: [0] },
  numeric: { options: [], key: [] },
  single: { options: ['甲', '乙', '丙', '丁'], key: [1] },
  multiple: { options: ['甲', '乙', '丙', '丁', '戊'], key: [0, 2, 3] },
};

const itemsOf = (kind: ItemKind, count: number) =>
  Array.from({ length: count }, (_, n) =>
    makeItem({
      kind,
      stem: { zh: `${kind} 第 ${n + 1} 题` },
      options: TEXTS[kind].options.map((zh) => ({ zh })),
      key: TEXTS[kind].key,
      topic: `主题 ${n % 3}`,
    }),
  );

export const BANK = makeBank({ zh: '试验题库' }, [
  ...itemsOf('true-false', 10),
  ...itemsOf('single', 14),
  ...itemsOf('multiple', 10),
]);

/** One grey pixel. */
export const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
);

/** The same bank, but each item with one right option shows a picture. */
export const ILLUSTRATED = makeBank(
  { zh: '有图的题库' },
  BANK.items.map((item) => (item.kind === 'single' ? { ...item, pictures: [{ hash: sha256(PICTURE) }] } : item)),
);

export const EXAM = Exam.parse({
  id: 'ex_hot-work',
  title: { zh: '动火作业', en: 'Hot work' },
  mode: 'formal',
  bankId: BANK.id,
  blueprint: {
    rows: [
      { kind: 'true-false', count: 4, marks: 1 },
      { kind: 'single', count: 6, marks: 2 },
      { kind: 'multiple', count: 4, marks: 3 },
    ],
  },
  durationSeconds: 600,
  passMarks: 20,
  attempts: 2,
  liveness: 'passive',
  recapture: {
    minSeconds: 20,
    maxSeconds: 30,
    onOutcome: {
      'no-face': { action: 'pause', until: 'match' },
      'several-faces': { action: 'incident' },
      mismatch: { action: 'pause', until: 'proctor' },
      'not-live': { action: 'incident' },
      uncertain: { action: 'note' },
    },
  },
});

export const MOCK = Exam.parse({ ...EXAM, id: 'ex_practice', mode: 'mock', attempts: 99 });

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
