import type { HomeLesson } from '../../contract/home/home-api.ts';
import type { Lesson } from '../../contract/words/course.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Icon } from '../design/icons.tsx';
import { Meter } from '../design/meter.tsx';

type ListProps = {
  readonly lessons: readonly Lesson[];
  readonly states: readonly HomeLesson[];
  readonly at: number;
  readonly onGo: (to: number) => void;
};

/** Every lesson: how far it is at home, and whether a station has proven it. */
export function LessonList({ lessons, states, at, onGo }: ListProps) {
  const { t } = usePage();
  return (
    <nav className="lesson-list" aria-label={t('learning.lessons')}>
      <h2>{t('learning.lessons')}</h2>
      <ol className="lessons">
        {lessons.map((lesson, i) => (
          <Entry
            key={lesson.id}
            lesson={lesson}
            state={states[i]}
            number={i + 1}
            current={i === at}
            onGo={() => onGo(i)}
          />
        ))}
      </ol>
      <p className="muted">{t('home.unproven')}</p>
    </nav>
  );
}

type EntryProps = {
  readonly lesson: Lesson;
  readonly state: HomeLesson | undefined;
  readonly number: number;
  readonly current: boolean;
  readonly onGo: () => void;
};

function Entry({ lesson, state, number, current, onGo }: EntryProps) {
  const { t, locale } = usePage();
  const complete = state?.atHome.complete ?? false;
  const title = inLocale(lesson.title, locale);
  const words = [
    t(`learning.kind.${lesson.kind}`),
    ...(complete ? [t('home.done-here')] : []),
    ...(state?.proven.complete ? [t('home.done-proven')] : []),
  ];
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
          <span className="muted">{words.join(' · ')}</span>
        </span>
        {state?.here && lesson.kind !== 'questions' && (
          <Meter share={Math.min(1, state.atHome.ms / (state.seconds * 1000))} label={title} />
        )}
      </button>
    </li>
  );
}
