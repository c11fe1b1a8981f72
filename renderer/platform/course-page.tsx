import { useCallback, useState } from 'react';
import { courseEndpoints, type SeenCourse } from '../../contract/platform/courses.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { GiveCourse } from './give-course.tsx';
import { Lessons } from './lessons.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { Students } from './students.tsx';
import type { Firm } from './use-firm.ts';

/** A course: its lessons, whom it is given to, and how far each of them is. */
export function CoursePage({ id }: { readonly id: string }) {
  return (
    <OfFirm screen="course" heading="courses.one">
      {(firm) => <Loaded firm={firm} id={id} />}
    </OfFirm>
  );
}

function Loaded({ firm, id }: { readonly firm: Firm; readonly id: string }) {
  const { t, ask } = usePlatform();
  const load = useCallback(async () => {
    const known = ExamId.safeParse(id).data;
    if (!known) throw new Refusal('no-exam');
    return ask(courseEndpoints.read, { params: { firm: firm.id, id: known } });
  }, [ask, firm.id, id]);
  const { value, refused } = useLoaded(load);
  return (
    <>
      <p>
        <a href={firm.address('courses')}>{t('courses.title')}</a>
      </p>
      <Problem refused={refused} />
      {value && <Course {...{ firm }} course={value} />}
    </>
  );
}

function Course({ firm, course }: { readonly firm: Firm; readonly course: SeenCourse }) {
  const { t, locale } = usePlatform();
  // Whoever was given it, or had it taken away, is in another list.
  const [round, setRound] = useState(0);
  return (
    <>
      <section className="part" aria-labelledby="lessons">
        <h2 id="lessons">{inLocale(course.title, locale)}</h2>
        <Lessons course={course} />
      </section>
      {firm.isOwn && <GiveCourse {...{ firm, course }} onGiven={() => setRound(round + 1)} />}
      <section className="part" aria-labelledby="students">
        <h2 id="students">{t('courses.students')}</h2>
        <p className="muted">{t('courses.home-counts-not')}</p>
        <Students {...{ firm, course, round }} onChanged={() => setRound(round + 1)} />
      </section>
    </>
  );
}
