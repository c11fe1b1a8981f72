import { Exam } from '../contract/words/exam.ts';
import { sha256 } from '../proof/index.ts';
import { BANK, EXAM, PICTURE } from './bank.fixture.ts';

/** Bytes that begin as a film and a document do. */
export const FILM = Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.alloc(5_000, 7)]);
export const PAPER = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(900, 9)]);

const mediaOf = (bytes: Buffer, type: string) => ({ hash: sha256(bytes), type, bytes: bytes.length });
const ASKED = BANK.items.filter(({ kind }) => kind === 'single').slice(0, 3);

/** A course of all kinds of lessons, with questions of the bank. */
export const LEARNING = Exam.parse({
  ...EXAM,
  id: 'ex_first-day',
  title: { zh: '进厂第一课', en: 'First day' },
  mode: 'learning',
  blueprint: { rows: [{ kind: 'single', count: 3, marks: 1 }] },
  passMarks: 2,
  durationSeconds: 3600,
  liveness: undefined,
  course: {
    id: 'co_first-day',
    lessons: [
      { kind: 'video', id: 'le_film', title: { zh: '影片' }, seconds: 60, sources: [mediaOf(FILM, 'video/webm')] },
      {
        ...{ kind: 'page', id: 'le_page', title: { zh: '课文' }, seconds: 20 },
        blocks: [
          { kind: 'heading', text: { zh: '进厂须知' } },
          { kind: 'picture', picture: { hash: sha256(PICTURE) } },
        ],
      },
      {
        kind: 'document',
        id: 'le_paper',
        title: { zh: '文件' },
        seconds: 20,
        file: mediaOf(PAPER, 'application/pdf'),
        pages: 2,
      },
      { kind: 'questions', id: 'le_ask', title: { zh: '问题' }, seconds: 60, items: ASKED.map(({ id }) => id) },
    ],
  },
});
/** Bytes that begin as a package does. */
export const PACKAGE = Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(700, 5)]);

/** The same course with a package in it. */
export const WITH_PACKAGE = Exam.parse({
  ...LEARNING,
  course: {
    id: 'co_first-day',
    lessons: [
      ...(LEARNING.course?.lessons ?? []),
      {
        ...{
          kind: 'scorm',
          id: 'le_package',
          title: { zh: '课件' },
          seconds: 20,
          version: '1.2',
          launch: 'index.html',
        },
        file: mediaOf(PACKAGE, 'application/zip'),
      },
    ],
  },
});
/** As it is where the type has to know that there is a course. */
export const COURSE = LEARNING.course as NonNullable<Exam['course']>;
