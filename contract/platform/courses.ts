import { z } from 'zod';
import { ListedCourses } from '../people-center/operator-api.ts';
import { Audience } from '../words/course.ts';
import { CandidateId, ExamId, Instant, LessonId } from '../words/ids.ts';
import { Localized } from '../words/localized.ts';
import { endpoint } from './endpoint.ts';
import { KEEP_PEOPLE, ofFirm, SEE_PEOPLE } from './firms.ts';
import { Job } from './jobs.ts';
import { pageOf, paging } from './paging.ts';

export type { ListedCourse, Participation } from '../people-center/operator-api.ts';

const LESSON_KINDS = ['video', 'page', 'document', 'scorm', 'questions'] as const;

/** What a course says of itself. */
export const SeenCourse = z
  .object({
    examId: ExamId,
    title: Localized,
    /** Of presence that it asks for. */
    seconds: z.int(),
    audience: Audience.nullable(),
    /** Whether it may be studied at home. */
    home: z.boolean(),
    lessons: z
      .array(
        z
          .object({
            ...{ id: LessonId, kind: z.enum(LESSON_KINDS), title: Localized, seconds: z.int() },
            /** Of the film, document or package that it shows. */
            bytes: z.int().nullable(),
            /** Pages of a document, questions that are asked. */
            count: z.int().nullable(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type SeenCourse = z.infer<typeof SeenCourse>;

/** One upload, until it is put in or an hour has gone. */
export const CourseDraftId = z
  .string()
  .regex(/^[0-9a-f-]{36}$/)
  .brand<'CourseDraftId'>();
export type CourseDraftId = z.infer<typeof CourseDraftId>;
/** What is larger no zip says the length of. */
export const COURSE_FILE_MOST = 4_000_000_000;

/** What was found in a file with a course: what is wrong, lesson by lesson; or the course. */
const CourseLook = z
  .object({
    draft: CourseDraftId,
    problems: z
      .array(
        z
          .object({
            lesson: z.int().nullable(),
            title: z.string(),
            reason: z.string(),
            detail: z.string(),
            words: Localized,
          })
          .readonly(),
      )
      .readonly(),
    course: SeenCourse.nullable(),
    /** Whether the firm has one of this id: it takes its place. */
    replaces: z.boolean(),
  })
  .readonly();
export type CourseLook = z.infer<typeof CourseLook>;

/** Who is meant. */
const Whom = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('all') }),
  z.strictObject({ by: z.literal('audience'), audience: Audience }),
  z.strictObject({ by: z.literal('people'), ids: z.array(CandidateId).min(1).max(500).readonly() }),
]);

const STUDY_STATES = ['none', 'begun', 'completed'] as const;
const StudyState = z.enum(STUDY_STATES);

export { STUDY_STATES };

const StudentWish = z.object({
  ...paging,
  /** How their name or their number begins. */
  search: z.string().trim().max(100).optional(),
  state: StudyState.optional(),
});
export type StudentWish = z.infer<typeof StudentWish>;

/** By which ways somebody comes in at home. */
const Access = z.object({ invitedUntil: Instant.nullable(), devices: z.int(), seenAt: Instant.nullable() }).readonly();

/** Somebody who is to study a course, and how far they are. */
export const Student = z
  .object({
    id: CandidateId,
    name: z.string(),
    /** All but its beginning and its end are hidden. */
    number: z.string(),
    post: z.string().nullable(),
    /** Proven by stations. */
    seconds: z.int(),
    state: StudyState,
    /** Proven by nobody, and counted nowhere. */
    atHome: z.object({ seconds: z.int(), completed: z.boolean() }).readonly().nullable(),
    access: Access.nullable(),
  })
  .readonly();
export type Student = z.infer<typeof Student>;

const Learner = z
  .object({ id: CandidateId, name: z.string(), number: z.string(), ...Access.unwrap().shape })
  .readonly();
export type HomeLearner = z.infer<typeof Learner>;

/** So many at once fit on the sheets that are printed of them. */
export const MOST_INVITED = 200;
const someone = z.strictObject({ ids: z.array(CandidateId).min(1).max(MOST_INVITED).readonly() });

const HomeInvited = z.object({ id: CandidateId, name: z.string(), path: z.string(), expiresAt: Instant }).readonly();
export type HomeInvited = z.infer<typeof HomeInvited>;

const firm = z.object(ofFirm);
const one = z.object({ ...ofFirm, id: ExamId });
const Done = z.object({ ok: z.literal(true) }).readonly();
const at = '/v1/platform/firms/:firm/courses';
const drafts = '/v1/platform/firms/:firm/course-drafts';
const home = '/v1/platform/firms/:firm/home';

export const courseEndpoints = {
  list: endpoint({
    method: 'GET',
    path: at,
    who: SEE_PEOPLE,
    says: 'Courses of a firm, and how many of those who are to study them do.',
    params: firm,
    reply: ListedCourses,
  }),
  read: endpoint({
    method: 'GET',
    path: `${at}/:id`,
    who: SEE_PEOPLE,
    says: 'A course, lesson by lesson.',
    params: one,
    reply: SeenCourse,
  }),
  look: endpoint({
    method: 'POST',
    path: drafts,
    who: KEEP_PEOPLE,
    says: 'A zip with a course.yaml and what it names, as the bytes of the body: looked at, and kept for an hour.',
    params: firm,
    reply: CourseLook,
  }),
  put: endpoint({
    method: 'POST',
    path: `${drafts}/:draft`,
    who: KEEP_PEOPLE,
    says: 'Puts in a course that was looked at, in place of the one with its id.',
    params: z.object({ ...ofFirm, draft: CourseDraftId }),
    body: z.strictObject({}),
    reply: z.object({ examId: ExamId }).readonly(),
  }),
  people: endpoint({
    method: 'GET',
    path: `${at}/:id/people`,
    who: SEE_PEOPLE,
    says: 'Who is to study a course, by name, and how far each is: proven, and at home.',
    params: one,
    query: StudentWish,
    reply: pageOf(Student),
  }),
  give: endpoint({
    method: 'POST',
    path: `${at}/:id/people`,
    who: KEEP_PEOPLE,
    says: 'Gives a course to people, or takes it from them (`end`); what they have studied of it stays.',
    params: one,
    body: z.strictObject({ whom: Whom, end: z.boolean().default(false) }),
    reply: z.object({ changed: z.int(), assigned: z.int() }).readonly(),
  }),
  audiences: endpoint({
    method: 'GET',
    path: '/v1/platform/firms/:firm/audiences',
    who: SEE_PEOPLE,
    says: 'Posts, sectors and categories that people of a firm have.',
    params: firm,
    reply: z
      .object({
        posts: z.array(z.string()).readonly(),
        sectors: z.array(z.string()).readonly(),
        categories: z.array(z.string()).readonly(),
      })
      .readonly(),
  }),
  exportStatements: endpoint({
    method: 'POST',
    path: '/v1/platform/firms/:firm/statements',
    who: KEEP_PEOPLE,
    says: 'What was studied, as a file that a learning record store takes (xAPI): made as long work.',
    params: firm,
    body: z.strictObject({
      /** Address under which accounts and courses are named; the center’s own where it knows it. */
      home: z.url({ protocol: /^https?$/ }).max(500),
      /** Whether people are named. */
      names: z.boolean().default(false),
    }),
    reply: Job,
  }),
  listHome: endpoint({
    method: 'GET',
    path: home,
    who: SEE_PEOPLE,
    says: 'Who is invited to learn at home, or signed in there.',
    params: firm,
    query: z.object(paging),
    reply: pageOf(Learner),
  }),
  inviteHome: endpoint({
    method: 'POST',
    path: home,
    who: KEEP_PEOPLE,
    says: 'Personal invitations to learn at home, told once; each works once, for 14 days. One that was made before works no more.',
    params: firm,
    body: someone,
    reply: z.object({ invitations: z.array(HomeInvited).readonly() }).readonly(),
  }),
  endHome: endpoint({
    method: 'POST',
    path: `${home}/end`,
    who: KEEP_PEOPLE,
    says: 'Signs people out at home everywhere, and takes back what they were invited with.',
    params: firm,
    body: someone,
    reply: Done,
  }),
} as const;
