import { z } from 'zod';
import {
  BegunMock,
  Done,
  HomeLesson,
  HomeOverview,
  homePaths,
  type LessonReport,
  type MockAnswer,
  type MockFlag,
  MockView,
  OpenCourse,
  type QuestionAnswer,
  ToldLesson,
} from '../../contract/home/home-api.ts';
import { type AbsenceWish, type OwnAppealWish, OwnFile, OwnSlip, ownPaths } from '../../contract/home/own-file.ts';
import type { ExamId, MockId, SittingId, TurnId } from '../../contract/words/ids.ts';
import { ReasonCode, Refusal, refusalOf } from '../../contract/words/reasons.ts';

/** Where these pages stand with the center: it answers, it cannot be heard, or it knows nobody here. */
export type Standing = 'here' | 'away' | 'signed-out';

/** What these pages ask of the center. Every call throws a `Refusal`: `center-down` where nothing was heard. */
export type HomeApi = {
  readonly standing: () => Standing;
  subscribe(listener: () => void): () => void;
  /** Asks whether the center can be heard. */
  ping(): Promise<void>;
  enter(invitation: string): Promise<void>;
  signOut(): Promise<void>;
  overview(): Promise<HomeOverview>;
  /** Exams to come, results and certificates. */
  own(): Promise<OwnFile>;
  /** The code of one's own admission slip; nothing where the exam takes none. */
  slip(turnId: TurnId): Promise<string | null>;
  sayAbsent(turnId: TurnId, wish: AbsenceWish): Promise<void>;
  appeal(sittingId: SittingId, wish: OwnAppealWish): Promise<void>;
  openCourse(examId: ExamId): Promise<OpenCourse>;
  report(examId: ExamId, report: LessonReport): Promise<HomeLesson>;
  answer(examId: ExamId, answer: QuestionAnswer): Promise<ToldLesson>;
  beginMock(examId: ExamId): Promise<MockId>;
  mock(id: MockId): Promise<MockView>;
  answerMock(id: MockId, answer: MockAnswer): Promise<void>;
  flagMock(id: MockId, flag: MockFlag): Promise<void>;
  endMock(id: MockId): Promise<void>;
};

const Problem = z.object({ reason: ReasonCode, detail: z.string().optional() });
/** What is slow is asked again. */
const PATIENCE_MS = 15_000;

export function openHomeApi(): HomeApi {
  let standing: Standing = 'here';
  const listeners = new Set<() => void>();
  const stand = (next: Standing): void => {
    if (next === standing) return;
    standing = next;
    for (const listener of listeners) listener();
  };

  const send = async (path: string, body?: object): Promise<unknown> => {
    const sent = body && {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    };
    const reply = await fetch(path, { ...sent, signal: AbortSignal.timeout(PATIENCE_MS) }).catch(() => undefined);
    // What stands before a center that starts anew answers with its own errors.
    if (!reply || reply.status >= 500) {
      stand('away');
      throw new Refusal('center-down');
    }
    stand(reply.status === 401 ? 'signed-out' : 'here');
    const json: unknown = await reply.json().catch(() => undefined);
    if (reply.ok) return json;
    const { data } = Problem.safeParse(json);
    throw data ? refusalOf(data.reason, data.detail) : new Refusal('internal', String(reply.status));
  };
  const ofCourse = (path: string, examId: ExamId): string => path.replace(':examId', examId);
  const ofMock = (path: string, id: MockId): string => path.replace(':mockId', id);
  const done = async (path: string, body: object): Promise<void> => void Done.parse(await send(path, body));

  return {
    standing: () => standing,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ping: async () => void (await send(homePaths.health)),
    enter: (invitation) => done(homePaths.sessions, { invitation }),
    async signOut() {
      await done(homePaths.signOut, {});
      stand('signed-out');
    },
    overview: async () => HomeOverview.parse(await send(homePaths.overview)),
    own: async () => OwnFile.parse(await send(ownPaths.file)),
    slip: async (turnId) => OwnSlip.parse(await send(ownPaths.slip.replace(':turnId', turnId))).code,
    sayAbsent: (turnId, wish) => done(ownPaths.absences.replace(':turnId', turnId), wish),
    appeal: (sittingId, wish) => done(ownPaths.appeals.replace(':sittingId', sittingId), wish),
    openCourse: async (examId) => OpenCourse.parse(await send(ofCourse(homePaths.open, examId), {})),
    report: async (examId, report) => HomeLesson.parse(await send(ofCourse(homePaths.reports, examId), report)),
    answer: async (examId, answer) => ToldLesson.parse(await send(ofCourse(homePaths.answers, examId), answer)),
    beginMock: async (examId) => BegunMock.parse(await send(homePaths.mocks, { examId })).id,
    mock: async (id) => MockView.parse(await send(ofMock(homePaths.mock, id))),
    answerMock: (id, answer) => done(ofMock(homePaths.mockAnswers, id), answer),
    flagMock: (id, flag) => done(ofMock(homePaths.mockFlags, id), flag),
    endMock: (id) => done(ofMock(homePaths.mockEnd, id), {}),
  };
}
