import { useEffect, useRef, useState } from 'react';
import type { LessonView } from '../../contract/page/course-view.ts';
import { mediaPath } from '../../contract/page/media.ts';
import type { Lesson } from '../../contract/words/course.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { openDocument, type PagedDocument } from './paged-document.ts';
import { useLessonReport } from './use-lesson-report.ts';

type DocumentLessonProps = {
  readonly lesson: Extract<Lesson, { kind: 'document' }>;
  readonly state: LessonView;
  readonly active: boolean;
};

/** A document, one page at a time. */
export function DocumentLesson({ lesson, state, active }: DocumentLessonProps) {
  const { t } = usePage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [page, setPage] = useState(Math.max(1, Math.round(state.position)));
  const [open, setOpen] = useState<PagedDocument>();
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const opening = openDocument(mediaPath(lesson.file.hash));
    opening.then(setOpen, () => setFailed(true));
    return () => void opening.then((one) => one.close()).catch(() => undefined);
  }, [lesson.file.hash]);
  useEffect(() => {
    if (!open || !canvas.current) return;
    open.draw(page, canvas.current).then(setText, () => setFailed(true));
  }, [open, page]);
  useLessonReport({ lessonId: lesson.id, goesOn: active && open !== undefined && !failed, position: () => page });
  const last = open?.pages ?? lesson.pages;
  return (
    <div className="document">
      {failed && <p className="notice warn">{t('learning.cannot-show')}</p>}
      <canvas ref={canvas} role="img" aria-label={text || t('learning.page', { page, of: last })} />
      <div className="film-controls">
        <Button icon="previous" disabled={page <= 1} onPress={() => setPage(page - 1)} action="previous-page">
          {t('learning.page-before')}
        </Button>
        <span className="figures">{t('learning.page', { page, of: last })}</span>
        <Button icon="next" disabled={page >= last} onPress={() => setPage(page + 1)} action="next-page">
          {t('learning.page-after')}
        </Button>
      </div>
    </div>
  );
}
