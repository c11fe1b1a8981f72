import { useState } from 'react';
import { COURSE_FILE_MOST, type CourseLook, courseEndpoints } from '../../contract/platform/courses.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { addressOf } from './api.ts';
import { usePlatform } from './context.tsx';
import { CourseFromFiles } from './course-from-files.tsx';
import { FileField } from './file-field.tsx';
import { Lessons } from './lessons.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** A film goes over a slow line for as long as it takes. */
const PATIENCE_MS = 3_600_000;
/** All of it is read, unpacked and kept, after whoever came before. */
const PUT_PATIENCE_MS = 1_800_000;

/** A course is looked at first, lesson by lesson, and then put in. */
export function CourseUpload({ firm, onPut }: { readonly firm: Firm; readonly onPut: () => void }) {
  const { t, ask, api } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [look, setLook] = useState<CourseLook>();
  const [put, setPut] = useState(false);
  const { id } = firm;
  const send = (bytes: Blob) =>
    run(async () => {
      setPut(false);
      setLook(undefined);
      if (bytes.size > COURSE_FILE_MOST) throw new Refusal('media-too-large');
      const path = addressOf(courseEndpoints.look, { params: { firm: id } });
      setLook(courseEndpoints.look.reply.parse(await api.send(path, bytes, PATIENCE_MS)));
    });
  const apply = (draft: CourseLook['draft']) =>
    run(async () => {
      await ask(courseEndpoints.put, { params: { firm: id, draft }, body: {} }, PUT_PATIENCE_MS);
      setLook(undefined);
      setPut(true);
      onPut();
    });
  return (
    <section className="part" aria-labelledby="put-course">
      <h2 id="put-course">{t('courses.put')}</h2>
      <CourseFromFiles firm={firm} disabled={busy} onMade={send} />
      <FileField
        name="course"
        label={t('courses.file')}
        hint={t('courses.file-hint')}
        accept=".zip"
        disabled={busy}
        onFiles={([file]) => file && send(file)}
      />
      <p role="status">
        {busy && t('courses.sending')}
        {put && t('courses.done')}
      </p>
      <Problem {...problem} />
      {look && <Looked {...{ look, busy }} onPut={() => apply(look.draft)} />}
    </section>
  );
}

type LookedProps = { readonly look: CourseLook; readonly busy: boolean; readonly onPut: () => void };

function Looked({ look: { problems, course, replaces }, busy, onPut }: LookedProps) {
  const { t, locale } = usePlatform();
  if (!course)
    return (
      <>
        <p className="notice warn">{t('courses.problems', { count: problems.length })}</p>
        <ul className="rows boxed">
          {problems.map(({ lesson, title, reason, detail, words }) => (
            <li key={`${lesson} ${reason} ${detail}`} data-problem={reason}>
              <span>{lesson === null ? t('courses.whole') : t('courses.lesson', { lesson, title })}</span>
              <span>
                {inLocale(words, locale)} <small className="muted">{detail}</small> <code>{reason}</code>
              </span>
            </li>
          ))}
        </ul>
      </>
    );
  return (
    <div data-course-seen={course.examId}>
      <h3>{inLocale(course.title, locale)}</h3>
      {replaces && <p className="notice warn">{t('courses.replaces')}</p>}
      <Lessons course={course} />
      <Button look="primary" action="put-course" disabled={busy} onPress={onPut}>
        {t(replaces ? 'courses.replace' : 'courses.put')}
      </Button>
    </div>
  );
}
