import { type RefObject, useEffect, useRef, useState } from 'react';
import type { LessonView } from '../../contract/page/course-view.ts';
import { PLAYER_PATH, packageOrigin } from '../../contract/page/package-address.ts';
import type { Lesson } from '../../contract/words/course.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { isDoneBySaying } from '../../contract/words/scorm.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { useLessonReport } from './use-lesson-report.ts';
import { usePackage } from './use-package.ts';

type PackageLessonProps = {
  readonly lesson: Extract<Lesson, { kind: 'scorm' }>;
  readonly state: LessonView;
  /** Of whoever studies. */
  readonly name: string;
  readonly active: boolean;
  /** Asked before the lesson is left. */
  readonly leaving: RefObject<() => Promise<void>>;
};

const newOrigin = (): string => packageOrigin(window.location, crypto.randomUUID().replaceAll('-', ''));

/**
 * A package (SCORM), in a frame of an origin of its own: it may run, and speak to its player. No windows, no dialogs, no
 * downloads, no way to this page.
 */
export function PackageLesson({ lesson, state, name, active, leaving }: PackageLessonProps) {
  const { t, locale } = usePage();
  const frame = useRef<HTMLIFrameElement>(null);
  const [origin, setOrigin] = useState(newOrigin);
  const { runs, over, leave } = usePackage({ lesson, frame, origin, name, before: state.said, active });
  useEffect(() => {
    leaving.current = leave;
    return () => {
      leaving.current = async () => undefined;
    };
  });
  useLessonReport({ lessonId: lesson.id, goesOn: active && runs && !over, position: () => 1 });
  const { said } = state;
  const lacks = !isDoneBySaying(said) && state.creditedMs >= state.seconds * 1000;
  return (
    <div className="package" data-package={said?.status ?? 'none'}>
      <iframe
        key={origin}
        ref={frame}
        title={inLocale(lesson.title, locale)}
        sandbox="allow-scripts allow-same-origin allow-forms"
        allow="autoplay"
        referrerPolicy="no-referrer"
        src={`${origin}${PLAYER_PATH}`}
        hidden={over}
      />
      {over && (
        <div className="package-over">
          <p className="lead">{t('learning.package-over')}</p>
          <Button look="primary" onPress={() => setOrigin(newOrigin())} action="open-again">
            {t('learning.package-again')}
          </Button>
        </div>
      )}
      {said && (
        <p className="muted">
          {t(`learning.package-said.${said.status}`)}
          {said.score !== undefined && ` · ${t('learning.package-score', { score: said.score })}`}
        </p>
      )}
      {lacks && <p className="muted">{t('learning.package-lacks')}</p>}
    </div>
  );
}
