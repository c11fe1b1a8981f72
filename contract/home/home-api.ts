import { z } from 'zod';
import { Course } from '../words/course.ts';
import { AnswerState, Feedback, FormItem, GIVEN, Given } from '../words/form.ts';
import { ExamId, Instant, ItemId, LessonId, MockId } from '../words/ids.ts';
import { Localized } from '../words/localized.ts';
import { TopicMarks } from '../words/topic-marks.ts';

/**
 * What the pages for learning at home ask of the center. Who asks is in a cookie; every POST has to come from these pages.
 * What is done here is proven by nobody, and enters no record.
 */
export const homePaths = {
  page: '/home/',
  /** Below it, by hash, what a course or a paper shows. */
  media: '/home/media',
  /** GET: the center answers. Whoever waits for it asks for nothing that costs more. */
  health: '/v1/health',
  /** POST {@link Enter}: an invitation becomes a session. */
  sessions: '/home/api/sessions',
  signOut: '/home/api/sign-out',
  /** GET {@link HomeOverview}. */
  overview: '/home/api/overview',
  /** POST nothing: {@link OpenCourse}. From now on its time may be reported. */
  open: '/home/api/courses/:examId/open',
  /** POST {@link LessonReport}: {@link HomeLesson}. */
  reports: '/home/api/courses/:examId/reports',
  /** POST {@link QuestionAnswer}: {@link ToldLesson}. */
  answers: '/home/api/courses/:examId/answers',
  /** POST {@link BeginMock}: {@link BegunMock}, the one that is open where there is one. */
  mocks: '/home/api/mocks',
  /** GET {@link MockView}. */
  mock: '/home/api/mocks/:mockId',
  /** POST {@link MockAnswer}. */
  mockAnswers: '/home/api/mocks/:mockId/answers',
  /** POST {@link MockFlag}. */
  mockFlags: '/home/api/mocks/:mockId/flags',
  /** POST nothing: it is over. */
  mockEnd: '/home/api/mocks/:mockId/end',
} as const;

/** 128 random bits, as they stand in an address. */
export const InvitationSecret = z.string().regex(/^[\w-]{22}$/);

const INVITED = '#invitation=';
/** What a personal link leads to. Behind the `#` no server and no log ever sees it, and opening it spends nothing. */
export const invitationPath = (secret: string): string => `${homePaths.page}${INVITED}${secret}`;
export const invitationIn = (fragment: string): string | undefined =>
  fragment.startsWith(INVITED) ? fragment.slice(INVITED.length) : undefined;

export const Enter = z.strictObject({ invitation: z.string().max(100) });
export const Done = z.object({ ok: z.literal(true) });

/** A lesson: what of it was done at home, and what a station has proven. */
export const HomeLesson = z
  .object({
    lessonId: LessonId,
    /** That it asks for. */
    seconds: z.int(),
    /** Whether it can be studied at home: what cannot is in no count of what was done there. */
    here: z.boolean(),
    atHome: z
      .object({
        ms: z.number(),
        /** Where it goes on: seconds of a film, page of a text. */
        position: z.number(),
        /** How far a film may be wound on. */
        farthest: z.number(),
        complete: z.boolean(),
      })
      .readonly(),
    proven: z.object({ seconds: z.int(), complete: z.boolean() }).readonly(),
  })
  .readonly();
export type HomeLesson = z.infer<typeof HomeLesson>;

export const HomeCourse = z
  .object({
    examId: ExamId,
    title: Localized,
    /** Whether it may be studied at home; else only what is proven of it is told. */
    atHome: z.boolean(),
    lessons: z.array(HomeLesson).readonly(),
  })
  .readonly();
export type HomeCourse = z.infer<typeof HomeCourse>;

export const SatMock = z
  .object({ id: MockId, endedAt: Instant, marks: z.number(), fullMarks: z.number(), passed: z.boolean() })
  .readonly();
export type SatMock = z.infer<typeof SatMock>;

export const HomeMock = z
  .object({
    examId: ExamId,
    title: Localized,
    items: z.int(),
    fullMarks: z.number(),
    passMarks: z.number(),
    /** For this person: what is granted to them besides is in it. */
    durationSeconds: z.int(),
    /** One that was begun and is not over. */
    open: MockId.optional(),
    /** The newest first. */
    sat: z.array(SatMock).readonly(),
  })
  .readonly();
export type HomeMock = z.infer<typeof HomeMock>;

export const HomeOverview = z
  .object({
    name: z.string(),
    firm: z.string(),
    courses: z.array(HomeCourse).readonly(),
    mocks: z.array(HomeMock).readonly(),
  })
  .readonly();
export type HomeOverview = z.infer<typeof HomeOverview>;

/** What an answer was worth. What would have been right is told only where no exam that counts may ask the same. */
export const Told = z.object({ right: z.boolean(), key: Feedback.optional() }).readonly();
export type Told = z.infer<typeof Told>;

/** What an answer to a question of a course was worth, and its lesson as it stands then. */
export const ToldLesson = z.object({ told: Told, lesson: HomeLesson }).readonly();
export type ToldLesson = z.infer<typeof ToldLesson>;

/** A question of a course that was answered, and whether rightly at least once. */
export const Answered = z.object({ itemId: ItemId, right: z.boolean() }).readonly();
export type Answered = z.infer<typeof Answered>;

export const OpenCourse = z
  .object({
    title: Localized,
    course: Course,
    lessons: z.array(HomeLesson).readonly(),
    /** What its questions ask, without keys. */
    items: z.array(FormItem).readonly(),
    answered: z.array(Answered).readonly(),
  })
  .readonly();
export type OpenCourse = z.infer<typeof OpenCourse>;

/** For how long a lesson was on the screen since the last report, and where it stands. */
export const LessonReport = z
  .strictObject({
    lessonId: LessonId,
    seconds: z.number().min(0).max(600),
    position: z.number().min(0).max(100_000),
  })
  .readonly();
export type LessonReport = z.infer<typeof LessonReport>;

const given = { itemId: ItemId, ...GIVEN };
export const QuestionAnswer = z.strictObject(given).readonly();
export type QuestionAnswer = z.infer<typeof QuestionAnswer>;

export const BeginMock = z.strictObject({ examId: ExamId });
export const BegunMock = z.object({ id: MockId });
export const MockAnswer = z.strictObject({ ...given, revision: z.int().min(1) }).readonly();
export type MockAnswer = z.infer<typeof MockAnswer>;
export const MockFlag = z.strictObject({ itemId: ItemId, flagged: z.boolean() }).readonly();
export type MockFlag = z.infer<typeof MockFlag>;

/** What was not right: the question, what was given, and, where it may be told, what would have been. */
export const MockMistake = z
  .object({ number: z.int(), item: FormItem, given: Given, key: Feedback.optional() })
  .readonly();
export type MockMistake = z.infer<typeof MockMistake>;

/** A mock exam while it is sat, and once it is over. */
export const MockView = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('open'),
    id: MockId,
    title: Localized,
    remainingMs: z.number(),
    items: z.array(FormItem).readonly(),
    answers: z.array(AnswerState).readonly(),
  }),
  z.object({
    state: z.literal('over'),
    id: MockId,
    examId: ExamId,
    title: Localized,
    endedAt: Instant,
    cause: z.enum(['handed-in', 'time-up']),
    marks: z.number(),
    fullMarks: z.number(),
    passMarks: z.number(),
    passed: z.boolean(),
    /** Where there is most to learn, first. */
    topics: z.array(TopicMarks).readonly(),
    mistakes: z.array(MockMistake).readonly(),
    /** Whether it tells what would have been right. */
    keysTold: z.boolean(),
  }),
]);
export type MockView = z.infer<typeof MockView>;
export type OpenMock = Extract<MockView, { state: 'open' }>;
export type OverMock = Extract<MockView, { state: 'over' }>;
