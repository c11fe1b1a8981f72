import { useCallback, useState } from 'react';
import { courseEndpoints, type ListedCourse, type Participation } from '../../contract/platform/courses.ts';
import type { Job } from '../../contract/platform/jobs.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { CourseUpload } from './course-upload.tsx';
import { JobProgress } from './job-progress.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** What a firm teaches, and how many of those who are to study it do. */
export function CoursesPage() {
  return (
    <OfFirm screen="courses" heading="courses.title">
      {(firm) => <Courses firm={firm} />}
    </OfFirm>
  );
}

function Courses({ firm }: { readonly firm: Firm }) {
  const { t, ask } = usePlatform();
  const load = useCallback(() => ask(courseEndpoints.list, { params: { firm: firm.id } }), [ask, firm.id]);
  const { value, refused, again } = useLoaded(load);
  return (
    <>
      <p className="deeds">
        <a href={firm.address('home-access')}>{t('home-access.title')}</a>
      </p>
      <Problem refused={refused} />
      {value?.courses.length === 0 && <p className="empty">{t('courses.none')}</p>}
      {value && value.courses.length > 0 && <p>{t('courses.all', rates(value.people))}</p>}
      <ul className="rows boxed">
        {value?.courses.map((course) => (
          <Course key={course.examId} {...{ firm, course }} />
        ))}
      </ul>
      {firm.isOwn && <CourseUpload firm={firm} onPut={again} />}
      {firm.isOwn && <ExportStatements firm={firm} />}
    </>
  );
}

const rates = ({ assigned, begun, completed }: Participation) => ({
  ...{ assigned, begun, completed },
  rate: assigned === 0 ? 0 : begun / assigned,
});

function Course({ firm, course }: { readonly firm: Firm; readonly course: ListedCourse }) {
  const { t, locale } = usePlatform();
  const { examId, title, lessons, seconds, people, atHome } = course;
  return (
    <li data-course={examId}>
      <span>
        <a href={firm.address('course', examId)}>{inLocale(title, locale)}</a>{' '}
        <small className="muted">{t('courses.size', { lessons, minutes: Math.ceil(seconds / 60) })}</small>
      </span>
      <span>
        {t('courses.rates', rates(people))}
        {atHome && <small className="muted"> {t('courses.at-home', atHome)}</small>}
      </span>
    </li>
  );
}

/** For a learning record store. */
function ExportStatements({ firm }: { readonly firm: Firm }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [names, setNames] = useState(false);
  const [job, setJob] = useState<Job>();
  const make = () =>
    run(async () => {
      const body = { home: location.origin, names };
      setJob(await ask(courseEndpoints.exportStatements, { params: { firm: firm.id }, body }));
    });
  return (
    <section className="part" aria-labelledby="statements">
      <h2 id="statements">{t('courses.statements')}</h2>
      <p className="muted">{t('courses.statements-mean')}</p>
      <label className="check">
        <input type="checkbox" name="names" checked={names} onChange={(event) => setNames(event.target.checked)} />
        {t('courses.statements-names')}
      </label>
      <Problem {...problem} />
      <div>
        <Button action="export-statements" disabled={busy} onPress={make}>
          {t('courses.statements-make')}
        </Button>
      </div>
      {job && <JobProgress key={job.id} job={job} />}
    </section>
  );
}
