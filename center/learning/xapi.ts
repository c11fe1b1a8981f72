import type { Course } from '../../contract/words/course.ts';
import type { Localized } from '../../contract/words/localized.ts';
import type { StudiedRecord } from '../results/index.ts';
import { nameUuid } from './name-uuid.ts';
import { ACTIVITY_TYPES, CATEGORIES, EXTENSIONS, VERBS, type Verb } from './xapi-words.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };
export type Statement = { readonly [name: string]: Json };

/** What is said besides what the record says. */
export type Told = {
  /** Address under which accounts and courses are named, without a slash at its end. */
  readonly home: string;
  /** The candidate's, where people are to be named. */
  readonly name?: string | undefined;
  /** The course as it is now: what its lessons are called. */
  readonly course?: Course | undefined;
};

/**
 * A record of what was studied as xAPI 1.0.3 statements, in the order in which things happened. The sitting is a session of a
 * cmi5 assignable unit, and its own registration; those that cmi5 defines say so by their category, and a lesson's, which cmi5
 * allows, does not. The same record is the same statements with the same ids. Nothing where nothing was studied.
 */
export function statementsOf(studied: StudiedRecord, told: Told): readonly Statement[] {
  const { record } = studied;
  if (!('learning' in record) || !record.learning) return [];
  const { learning, startedAt: began, submittedAt: ended, fullMarks, passMarks, marks, passed } = record;
  const say = speaker(studied, told, learning);
  const asks = fullMarks > 0;
  const mastery: Statement = asks ? { [EXTENSIONS.masteryScore]: share(passMarks, fullMarks) } : {};
  const duration = `PT${record.activeMs / 1000}S`;
  const score = { scaled: share(marks, fullMarks), raw: marks, min: 0, max: fullMarks };
  const judged = learning.complete && asks;
  return [
    say.defined('launched', began, { extensions: { ...say.launch(asks), ...mastery } }),
    say.defined('initialized', began, {}),
    ...learning.lessons.filter(({ seconds }) => seconds > 0).map((lesson) => say.lesson(lesson, ended)),
    ...(learning.complete
      ? [say.defined('completed', ended, { moveOn: true, result: { completion: true, duration } })]
      : []),
    ...(judged
      ? [
          say.defined(passed ? 'passed' : 'failed', ended, {
            ...{ moveOn: true, extensions: mastery },
            result: { success: passed, score, duration },
          }),
        ]
      : []),
    say.defined('terminated', ended, { result: { duration } }),
    ...(learning.complete && passed ? [say.defined('satisfied', ended, { ofCourse: true })] : []),
  ];
}

const share = (part: number, whole: number): number => (whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0);

type More = {
  readonly result?: Statement;
  readonly extensions?: Statement;
  /** Whether it decides if the learner may go on. */
  readonly moveOn?: boolean;
  /** Of the course as a whole, not of its one unit. */
  readonly ofCourse?: boolean;
};
type Learning = {
  readonly courseId: string;
  readonly courseHash: string;
};
type LessonSaid = {
  readonly lessonId: string;
  readonly seconds: number;
  readonly total: number;
  readonly complete: boolean;
};

function speaker({ record, hash, batchId }: StudiedRecord, { home, name, course }: Told, learning: Learning) {
  const { sittingId, candidateId, stationId, exam } = record;
  const iri = `${home}/courses/${learning.courseId}`;
  const ids = { course: iri, unit: `${iri}/unit`, version: `${iri}/versions/${learning.courseHash}` };
  const proof: Statement = {
    [`${home}/xapi/record-hash`]: hash,
    [`${home}/xapi/batch`]: batchId,
    [`${home}/xapi/station`]: stationId,
  };
  const common = (what: string, verb: Verb, timestamp: string) => ({
    ...{ id: nameUuid(`${hash} ${home} ${what}`), version: '1.0.3', timestamp, verb: VERBS[verb] },
    actor: { objectType: 'Agent', ...(name ? { name } : {}), account: { homePage: home, name: candidateId } },
  });
  const context = (categories: readonly string[], extensions: Statement, parent?: string): Statement => ({
    ...{ registration: nameUuid(`registration ${sittingId}`), platform: 'Exam Station' },
    contextActivities: {
      ...(categories.length > 0 ? { category: categories.map(activity) } : {}),
      ...(parent ? { parent: [activity(parent)] } : {}),
      grouping: [activity(ids.version)],
    },
    extensions: { [EXTENSIONS.sessionId]: sittingId, ...proof, ...extensions },
  });
  return {
    launch: (asks: boolean): Statement => ({
      [EXTENSIONS.launchMode]: 'Normal',
      [EXTENSIONS.launchUrl]: ids.unit,
      [EXTENSIONS.launchParameters]: '',
      [EXTENSIONS.moveOnRule]: asks ? 'CompletedAndPassed' : 'Completed',
    }),
    /** What cmi5 defines, of the unit or of the course. */
    defined(verb: Verb, at: string, { result, extensions = {}, moveOn, ofCourse }: More): Statement {
      const categories = [CATEGORIES.cmi5, ...(moveOn ? [CATEGORIES.moveOn] : [])];
      const kind = ofCourse ? 'course' : 'unit';
      return {
        ...common(verb, verb, at),
        object: named(ids[kind], ACTIVITY_TYPES[kind], exam.title),
        ...(result ? { result } : {}),
        context: context(categories, extensions),
      };
    },
    /** What was credited of one lesson. */
    lesson({ lessonId, seconds, total, complete }: LessonSaid, at: string): Statement {
      const title = course?.lessons.find(({ id }) => id === lessonId)?.title;
      return {
        ...common(lessonId, 'experienced', at),
        object: named(`${iri}/lessons/${lessonId}`, ACTIVITY_TYPES.lesson, title),
        result: {
          completion: complete,
          duration: `PT${seconds}S`,
          extensions: { [`${home}/xapi/total-seconds`]: total },
        },
        context: context([], {}, ids.unit),
      };
    },
  };
}

const activity = (id: string): Statement => ({ objectType: 'Activity', id });

const named = (id: string, type: string, title: Localized | undefined): Statement => ({
  ...activity(id),
  definition: { type, ...(title ? { name: { 'zh-CN': title.zh, ...(title.en ? { en: title.en } : {}) } } : {}) },
});
