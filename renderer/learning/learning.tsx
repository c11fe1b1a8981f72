import { useRef, useState } from 'react';
import type { CourseView } from '../../contract/page/course-view.ts';
import type { Stage } from '../../contract/page/view.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Main } from '../design/main.tsx';
import { CourseSide } from './course-side.tsx';
import { EndDialog } from './end-dialog.tsx';
import { LessonPane } from './lesson-pane.tsx';
import { useCourse } from './use-course.ts';

type LearningProps = {
  readonly stage: Extract<Stage, { stage: 'in-progress' | 'paused' }>;
  readonly learning: CourseView;
  /** The station counts now. */
  readonly active: boolean;
};

/** A course, lesson by lesson: what is to be seen, and how much of it is credited. Stays mounted while it is paused. */
export function LearningScreen({ stage, learning, active }: LearningProps) {
  const { t, locale } = usePage();
  const { lessons } = learning;
  const found = useCourse(active, lessons.filter(({ missing }) => missing).length);
  const firstLeft = Math.max(
    0,
    lessons.findIndex(({ complete }) => !complete),
  );
  const [chosen, setChosen] = useState<number>();
  const [ending, setEnding] = useState(false);
  const leaving = useRef(async (): Promise<void> => undefined);
  const hidden = stage.stage === 'paused';
  const at = chosen ?? firstLeft;
  const [lesson, state] = [found?.course.lessons[at], lessons[at]];
  if (!found || !lesson || !state) {
    return (
      <Main screen="loading" className="scene alone" hidden={hidden}>
        <p className="lead">{t('learning.loading')}</p>
      </Main>
    );
  }
  const go = async (to: number): Promise<void> => {
    if (to === at) return;
    await leaving.current();
    setChosen(Math.min(Math.max(to, 0), lessons.length - 1));
  };
  return (
    <Main screen="learning" className="studying" hidden={hidden}>
      <h1 className="visually-hidden">{inLocale(stage.exam.title, locale)}</h1>
      <LessonPane
        key={lesson.id}
        lesson={lesson}
        state={state}
        at={at}
        of={lessons.length}
        here={found.here}
        name={stage.who.name}
        active={active && !ending}
        leaving={leaving}
        onGo={go}
        onEnd={() => setEnding(true)}
      />
      <CourseSide
        stage={stage}
        course={found.course}
        learning={learning}
        at={at}
        onGo={go}
        onEnd={() => setEnding(true)}
      />
      {ending && !hidden && <EndDialog learning={learning} leaving={leaving} onClose={() => setEnding(false)} />}
    </Main>
  );
}
