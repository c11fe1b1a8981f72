import type { Answered, HomeLesson, OpenCourse } from '../../contract/home/home-api.ts';
import type { LessonView as StationLesson } from '../../contract/page/course-view.ts';
import type { Lesson } from '../../contract/words/course.ts';
import type { ExamId, Sha256 } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { assertNever } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { DocumentLesson } from '../learning/document-lesson.tsx';
import { PageLesson } from '../learning/page-lesson.tsx';
import { VideoLesson } from '../learning/video-lesson.tsx';
import { QuestionsLesson } from './questions-lesson.tsx';
import { START } from './route.ts';

type LessonViewProps = {
  readonly examId: ExamId;
  readonly lesson: Lesson;
  readonly state: HomeLesson;
  readonly at: number;
  readonly of: number;
  readonly items: OpenCourse['items'];
  readonly answered: readonly Answered[];
  readonly onAnswer: (answer: Answered, state: HomeLesson) => void;
  /** The center hears what is reported. */
  readonly active: boolean;
  readonly onGo: (to: number) => void;
};

/** One lesson: its name, what it shows, and the way to the next. */
export function LessonView(props: LessonViewProps) {
  const { lesson, state, at, of, onGo } = props;
  const { t, locale } = usePage();
  const { atHome, proven } = state;
  return (
    <section className="lesson-sheet" data-position={atHome.position} data-ms={atHome.ms}>
      <p className="item-head">
        <strong>{t('learning.lesson', { at: at + 1, of })}</strong>
        <span className="badge">{t(`learning.kind.${lesson.kind}`)}</span>
        {atHome.complete && <span className="badge">{t('home.done-here')}</span>}
        {proven.complete && <span className="badge learning">{t('home.done-proven')}</span>}
      </p>
      <h2>{inLocale(lesson.title, locale)}</h2>
      <Content {...props} />
      <div className="moves">
        <Button icon="previous" disabled={at === 0} onPress={() => onGo(at - 1)} action="previous-lesson">
          {t('learning.previous')}
        </Button>
        {at < of - 1 ? (
          <Button className="icon-after" icon="next" onPress={() => onGo(at + 1)} action="next-lesson">
            {t('learning.next')}
          </Button>
        ) : (
          <a className="button secondary" href={START}>
            {t('home.to-start')}
          </a>
        )}
      </div>
    </section>
  );
}

/** As a station's screens have it: what is complete anywhere may be wound as one likes. */
const asAtStation = ({ lessonId, seconds, atHome, proven }: HomeLesson): StationLesson => ({
  ...{ lessonId, seconds, creditedMs: atHome.ms, pendingMs: 0, position: atHome.position, farthest: atHome.farthest },
  complete: atHome.complete || proven.complete,
});

function Content({ examId, lesson, state, items, answered, active, onAnswer }: LessonViewProps) {
  const { t } = usePage();
  const stood = asAtStation(state);
  switch (lesson.kind) {
    case 'video': {
      const here = new Set<Sha256>(lesson.sources.map(({ hash }) => hash));
      return <VideoLesson lesson={lesson} state={stood} here={here} active={active} />;
    }
    case 'page':
      return <PageLesson lesson={lesson} active={active} />;
    case 'document':
      return <DocumentLesson lesson={lesson} state={stood} active={active} />;
    case 'questions':
      return <QuestionsLesson {...{ examId, lesson, items, answered, active, onAnswer }} />;
    case 'scorm':
      // It runs on an origin of its own, which the center has none of.
      return <p className="lead">{t('home.package-at-station')}</p>;
    default:
      return assertNever(lesson);
  }
}
