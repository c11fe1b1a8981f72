import type { RefObject } from 'react';
import type { LessonView } from '../../contract/page/course-view.ts';
import type { Lesson } from '../../contract/words/course.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { assertNever } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Notice } from '../design/notice.tsx';
import { DocumentLesson } from './document-lesson.tsx';
import { PackageLesson } from './package-lesson.tsx';
import { PageLesson } from './page-lesson.tsx';
import { QuestionsLesson } from './questions-lesson.tsx';
import { VideoLesson } from './video-lesson.tsx';

type LessonPaneProps = {
  readonly lesson: Lesson;
  readonly state: LessonView;
  readonly at: number;
  readonly of: number;
  readonly here: ReadonlySet<Sha256>;
  /** Of whoever studies. */
  readonly name: string;
  readonly active: boolean;
  /** Set by a lesson that has something to do before it is left. */
  readonly leaving: RefObject<() => Promise<void>>;
  readonly onGo: (to: number) => void;
  readonly onEnd: () => void;
};

/** One lesson: its name, what it shows, and the way to the next. */
export function LessonPane({ at, of, onGo, onEnd, ...content }: LessonPaneProps) {
  const { lesson, state } = content;
  const { t, locale } = usePage();
  return (
    <section className="paper">
      {/* What there is to read holds nothing to tab to, and is scrolled by its arrows. */}
      <div className="item lesson" {...(lesson.kind === 'page' && { tabIndex: 0 })}>
        <p className="item-head">
          <strong>{t('learning.lesson', { at: at + 1, of })}</strong>
          <span className="badge">{t(`learning.kind.${lesson.kind}`)}</span>
          {state.complete && <span className="badge learning">{t('learning.complete')}</span>}
        </p>
        <h2>{inLocale(lesson.title, locale)}</h2>
        {state.missing ? <Notice reason="media-missing" /> : <Content {...content} />}
      </div>
      <nav className="moves" aria-label={t('exam.moves')}>
        <Button icon="previous" disabled={at === 0} onPress={() => onGo(at - 1)} action="previous-lesson">
          {t('learning.previous')}
        </Button>
        {at < of - 1 ? (
          <Button
            look={state.complete ? 'primary' : 'secondary'}
            icon="next"
            className="icon-after"
            onPress={() => onGo(at + 1)}
            action="next-lesson"
          >
            {t('learning.next')}
          </Button>
        ) : (
          <Button look={state.complete ? 'primary' : 'secondary'} onPress={onEnd} action="end-last">
            {t('learning.end')}
          </Button>
        )}
      </nav>
    </section>
  );
}

type ContentProps = Omit<LessonPaneProps, 'at' | 'of' | 'onGo' | 'onEnd'>;

function Content({ lesson, state, here, name, active, leaving }: ContentProps) {
  switch (lesson.kind) {
    case 'video':
      return <VideoLesson lesson={lesson} state={state} here={here} active={active} />;
    case 'page':
      return <PageLesson lesson={lesson} active={active} />;
    case 'document':
      return <DocumentLesson lesson={lesson} state={state} active={active} />;
    case 'scorm':
      return <PackageLesson lesson={lesson} state={state} name={name} active={active} leaving={leaving} />;
    case 'questions':
      return <QuestionsLesson lesson={lesson} active={active} />;
    default:
      return assertNever(lesson);
  }
}
