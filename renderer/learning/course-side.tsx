import type { CourseView, LessonView } from '../../contract/page/course-view.ts';
import type { Stage } from '../../contract/page/view.ts';
import type { Course, Lesson } from '../../contract/words/course.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { FaceView } from '../design/face-view.tsx';
import { Icon } from '../design/icons.tsx';
import { Meter } from '../design/meter.tsx';
import { Notice } from '../design/notice.tsx';
import { shareOf } from './credit.ts';

type CourseSideProps = {
  readonly stage: Extract<Stage, { stage: 'in-progress' | 'paused' }>;
  readonly course: Course;
  readonly learning: CourseView;
  readonly at: number;
  readonly onGo: (to: number) => void;
  readonly onEnd: () => void;
};

/** Beside the lesson: who studies, every lesson with what is credited of it, and the end. */
export function CourseSide({ stage, course, learning, at, onGo, onEnd }: CourseSideProps) {
  const { t } = usePage();
  return (
    <aside className="side" aria-label={t('learning.lessons')}>
      <div className="sitter">
        {stage.watched && <FaceView small />}
        <p>
          <strong>{stage.who.name}</strong>
          <span>{stage.who.number}</span>
        </p>
      </div>
      <Notice reason={stage.stage === 'in-progress' ? stage.notice : undefined} />
      <p className="muted">{t('learning.rule')}</p>
      <ol className="lessons">
        {course.lessons.map((lesson, i) => (
          <LessonEntry
            key={lesson.id}
            lesson={lesson}
            state={learning.lessons[i]}
            current={i === at}
            number={i + 1}
            onGo={() => onGo(i)}
          />
        ))}
      </ol>
      <Button className="hand-in" onPress={onEnd} action="end-learning">
        {t('learning.end')}
      </Button>
    </aside>
  );
}

type EntryProps = {
  readonly lesson: Lesson;
  readonly state: LessonView | undefined;
  readonly number: number;
  readonly current: boolean;
  readonly onGo: () => void;
};

function LessonEntry({ lesson, state, number, current, onGo }: EntryProps) {
  const { t, locale } = usePage();
  const complete = state?.complete ?? false;
  const title = inLocale(lesson.title, locale);
  return (
    <li>
      <button
        type="button"
        className={complete ? 'lesson-entry complete' : 'lesson-entry'}
        aria-current={current}
        onClick={onGo}
        data-lesson={lesson.id}
        data-complete={complete}
      >
        <span className="dot" aria-hidden="true">
          {complete ? <Icon name="check" /> : number}
        </span>
        <span className="lesson-name">
          {title}
          <span className="muted">
            {t(`learning.kind.${lesson.kind}`)}
            {complete && ` · ${t('learning.complete')}`}
            {state?.missing && ` · ${t('learning.missing')}`}
          </span>
        </span>
        {state && lesson.kind !== 'questions' && <Meter share={shareOf(state)} label={title} />}
      </button>
    </li>
  );
}
