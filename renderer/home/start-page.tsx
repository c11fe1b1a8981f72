import type { HomeCourse, HomeOverview } from '../../contract/home/home-api.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Icon } from '../design/icons.tsx';
import { Main } from '../design/main.tsx';
import { Meter } from '../design/meter.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { SignOut } from './frame.tsx';
import { useHome } from './home-context.tsx';
import { type Tally, talliesOf } from './lessons-here.ts';
import { Loading } from './loading.tsx';
import { MockCard } from './mock-card.tsx';
import { OwnSection } from './own-section.tsx';
import { courseAt } from './route.ts';

/** What somebody has to learn, and how far they are: at home, and proven. */
export function StartPage() {
  const { overview } = useHome();
  const { value, refused } = useLoaded(overview);
  return value ? <Start overview={value} /> : <Loading refused={refused} />;
}

function Start({ overview: { name, firm, courses, mocks } }: { readonly overview: HomeOverview }) {
  const { t } = usePage();
  return (
    <Main screen="start" className="home-page">
      <div className="greeting">
        <h1>{t('home.hello', { name })}</h1>
        <p className="muted">{firm}</p>
      </div>
      <OwnSection />
      <p className="unproven">
        <Icon name="info" />
        <span>{t('home.unproven')}</span>
      </p>
      <section aria-labelledby="courses">
        <h2 id="courses">{t('home.courses')}</h2>
        {courses.length === 0 && <p className="muted">{t('home.no-courses')}</p>}
        <ul className="cards">
          {courses.map((course) => (
            <CourseCard key={course.examId} course={course} />
          ))}
        </ul>
      </section>
      {mocks.length > 0 && (
        <section aria-labelledby="mocks">
          <h2 id="mocks">{t('home.mocks')}</h2>
          <ul className="cards">
            {mocks.map((mock) => (
              <MockCard key={mock.examId} mock={mock} />
            ))}
          </ul>
        </section>
      )}
      <SignOut />
    </Main>
  );
}

function CourseCard({ course }: { readonly course: HomeCourse }) {
  const { t, locale } = usePage();
  const { atHome, proven } = talliesOf(course.lessons);
  const begun = course.lessons.some((lesson) => lesson.atHome.ms > 0 || lesson.atHome.complete);
  return (
    <li className="card" data-course={course.examId}>
      <h3>{inLocale(course.title, locale)}</h3>
      <dl className="two-ways">
        <Way name={t('home.at-home')} tally={atHome} />
        <Way name={t('home.proven')} tally={proven} proven />
      </dl>
      {course.atHome ? (
        <a className="button primary" href={courseAt(course.examId)} data-action="study">
          {t(begun ? 'home.go-on' : 'home.begin')}
        </a>
      ) : (
        <p className="muted">{t('home.only-station')}</p>
      )}
    </li>
  );
}

type WayProps = { readonly name: string; readonly tally: Tally; readonly proven?: boolean };

function Way({ name, tally, proven = false }: WayProps) {
  const { t } = usePage();
  const { minutes, doneMinutes, lessons, doneLessons } = tally;
  return (
    <div className={proven ? 'way proven' : 'way'}>
      <dt>
        <span className="way-sign">
          <Icon name={proven ? 'shield' : 'learn'} />
        </span>
        {name}
      </dt>
      <dd>
        <strong>{t('home.minutes', { done: doneMinutes, of: minutes })}</strong>
        <span className="muted">{t('home.lessons', { done: doneLessons, all: lessons })}</span>
        <Meter share={minutes > 0 ? Math.min(1, doneMinutes / minutes) : 0} label={name} />
      </dd>
    </div>
  );
}
