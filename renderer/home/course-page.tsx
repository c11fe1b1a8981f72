import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Answered, HomeLesson, OpenCourse } from '../../contract/home/home-api.ts';
import type { ExamId, LessonId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { Answering, useHome, useStanding } from './home-context.tsx';
import { LessonList } from './lesson-list.tsx';
import { LessonView } from './lesson-view.tsx';
import { firstLeft } from './lessons-here.ts';
import { Loading } from './loading.tsx';
import { linkTo } from './page-link.ts';
import { courseAt, go } from './route.ts';

type CoursePageProps = { readonly examId: ExamId; readonly lessonId: LessonId | undefined };

/** A course, lesson by lesson. */
export function CoursePage({ examId, lessonId }: CoursePageProps) {
  const api = useHome();
  const load = useCallback(() => api.openCourse(examId), [api, examId]);
  const { value, refused, again } = useLoaded(load);
  const away = useStanding() === 'away';
  // Time is counted from when the center heard that it was opened: after an outage it is told again.
  useEffect(() => {
    if (!away) return undefined;
    return again;
  }, [away, again]);
  if (!value) return <Loading refused={refused} />;
  return <Course examId={examId} lessonId={lessonId} open={value} active={!away} />;
}

type CourseProps = CoursePageProps & { readonly open: OpenCourse; readonly active: boolean };

function Course({ examId, lessonId, open, active }: CourseProps) {
  const { locale } = usePage();
  const api = useHome();
  const { course } = open;
  const [lessons, setLessons] = useState(open.lessons);
  const [answered, setAnswered] = useState(open.answered);
  useEffect(() => {
    setLessons(open.lessons);
    setAnswered(open.answered);
  }, [open]);
  const note = useCallback(
    (state: HomeLesson) => setLessons((before) => before.map((one) => (one.lessonId === state.lessonId ? state : one))),
    [],
  );
  const station = useMemo(
    () =>
      linkTo({
        'lesson.report': async (report: Parameters<typeof api.report>[1]) => {
          const state = await api.report(examId, report);
          note(state);
          const { position, farthest } = state.atHome;
          return { position, farthest };
        },
      }),
    [api, examId, note],
  );
  const noteAnswer = ({ itemId, right }: Answered, state: HomeLesson) => {
    setAnswered((before) => {
      const known = before.find((one) => one.itemId === itemId);
      // What was right once stays so, as at the center.
      return [...before.filter((one) => one !== known), { itemId, right: right || known?.right === true }];
    });
    note(state);
  };
  const [first] = useState(() => firstLeft(lessons));
  const found = course.lessons.findIndex(({ id }) => id === lessonId);
  const at = found < 0 ? first : found;
  const [lesson, state] = [course.lessons[at], lessons[at]];
  if (!lesson || !state) return <Loading refused={undefined} />;
  const goTo = (to: number) => {
    const next = course.lessons[to];
    if (next) go(courseAt(examId, next.id), 'replace');
  };
  return (
    <Answering station={station}>
      <Main screen="course" className="home-page course">
        <h1 className="over">{inLocale(open.title, locale)}</h1>
        <LessonView
          key={lesson.id}
          {...{ examId, lesson, state, at, active }}
          of={course.lessons.length}
          items={open.items}
          answered={answered}
          onAnswer={noteAnswer}
          onGo={goTo}
        />
        <LessonList lessons={course.lessons} states={lessons} at={at} onGo={goTo} />
      </Main>
    </Answering>
  );
}
