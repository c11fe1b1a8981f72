import { Exam } from '../contract/words/exam.ts';
import type { ItemKind } from '../contract/words/items.ts';
import { makeBank, makeItem, sha256 } from '../proof/index.ts';

/** A bank of three kinds, a formal exam of it, and practice of the same. */
type Written = {
  readonly options: readonly string[];
  readonly key: readonly number[];
  readonly premises?: readonly string[];
};
const TEXTS: Readonly<Record<ItemKind, Written>> = {
  'true-false': { options: ['正确', '错误'], key: [0] },
  numeric: { options: [], key: [] },
  text: { options: [], key: [] },
  order: { options: ['甲', '乙', '丙', '丁'], key: [2, 0, 3, 1] },
  match: { options: ['甲', '乙', '丙', '丁'], premises: ['子', '丑', '寅'], key: [2, 0, 3] },
  single: { options: ['甲', '乙', '丙', '丁'], key: [1] },
  multiple: { options: ['甲', '乙', '丙', '丁', '戊'], key: [0, 2, 3] },
};

const itemsOf = (kind: ItemKind, count: number) =>
  Array.from({ length: count }, (_, n) =>
    makeItem({
      kind,
      stem: { zh: `${kind} 第 ${n + 1} 题` },
      options: TEXTS[kind].options.map((zh) => ({ zh })),
      ...(TEXTS[kind].premises ? { premises: TEXTS[kind].premises.map((zh) => ({ zh })) } : {}),
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

export const MOCK = Exam.parse({ ...EXAM, id: 'ex_practice', mode: 'mock', attempts: 99, revealsKeys: true });
