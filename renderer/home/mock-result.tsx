import type { MockMistake, OverMock } from '../../contract/home/home-api.ts';
import { isBlankAnswer } from '../../contract/words/form.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { TopicTable } from '../candidate/topics.tsx';
import { usePage } from '../context.ts';
import { Content } from '../design/content.tsx';
import { Icon } from '../design/icons.tsx';
import { letterOf } from '../design/letters.ts';
import { Main } from '../design/main.tsx';
import { Meter } from '../design/meter.tsx';
import { PassageNote } from '../design/passage-note.tsx';
import { OptionPictures, StemPictures } from '../design/pictures.tsx';
import { FeedbackNote } from '../practice/feedback-note.tsx';
import { GivenNote } from '../practice/given-note.tsx';
import { PremiseList } from '../practice/premise-list.tsx';
import { START } from './route.ts';

/** What a mock exam came to: where there is most to learn, and what was not right. */
export function MockResult({ mock }: { readonly mock: OverMock }) {
  const { t, locale } = usePage();
  const { title, marks, fullMarks, passMarks, passed, topics, mistakes, keysTold, cause } = mock;
  return (
    <Main screen="mock-result" className="home-page">
      <p className="over">{inLocale(title, locale)}</p>
      <div className={passed ? 'outcome passed' : 'outcome'}>
        <Icon name={passed ? 'check' : 'learn'} />
        <h1>{t(passed ? 'home.would-pass' : 'home.not-yet')}</h1>
        <p className="marks">{t('result.marks', { marks })}</p>
        <p>{t('result.of', { full: fullMarks, pass: passMarks })}</p>
        {cause === 'time-up' && <p>{t('result.cause.time-up')}</p>}
      </div>
      <p className="unproven">
        <Icon name="info" />
        <span>{t('home.mock-counts-not')}</span>
      </p>
      <section aria-labelledby="topics">
        <h2 id="topics">{t('home.weakest-first')}</h2>
        <ul className="topic-bars">
          {topics.map((topic) => {
            const field = topic.field || t('topics.other');
            return (
              <li key={topic.field}>
                <span className="topic-name">{field}</span>
                <Meter share={topic.fullMarks > 0 ? topic.marks / topic.fullMarks : 1} label={field} judged />
                <span className="figures">{t('topics.bar', { marks: topic.marks, full: topic.fullMarks })}</span>
              </li>
            );
          })}
        </ul>
        <details>
          <summary>{t('topics.title')}</summary>
          <TopicTable topics={topics} />
        </details>
      </section>
      <section aria-labelledby="wrong">
        <h2 id="wrong">{t('home.not-right', { count: mistakes.length })}</h2>
        {!keysTold && mistakes.length > 0 && <p className="muted">{t('home.keys-kept')}</p>}
        <ol className="mistakes">
          {mistakes.map((mistake) => (
            <Mistake key={mistake.number} mistake={mistake} />
          ))}
        </ol>
      </section>
      <a className="button primary" href={START}>
        {t('home.to-start')}
      </a>
    </Main>
  );
}

/** The whole question as it stood, and what was chosen; what would have been right, where it is told. */
function Mistake({ mistake }: { readonly mistake: MockMistake }) {
  const { t, locale } = usePage();
  const { number, item, given, key: told } = mistake;
  const blank = isBlankAnswer(given);
  const ordered = item.kind === 'order';
  return (
    <li>
      <PassageNote passage={item.passage} />
      <div className="stem">
        {number}. <Content text={inLocale(item.stem, locale)} />
      </div>
      <StemPictures pictures={item.pictures} />
      <PremiseList premises={item.premises} />
      <ol className="mistake-options">
        {item.options.map(({ id, text, pictures }, at) => {
          const mine = !ordered && given.chosen.includes(id);
          const right = !ordered && told?.rightOptions.includes(id);
          return (
            <li key={id} data-right={right} data-wrong={told && mine && !right}>
              <span className="letter">{letterOf(at)}</span>
              <span className="content">{text && <Content text={inLocale(text, locale)} />}</span>
              <OptionPictures pictures={pictures} />
              {mine && <span className="badge">{t('practice.yours')}</span>}
            </li>
          );
        })}
      </ol>
      <GivenNote item={item} given={given} />
      {told ? (
        <FeedbackNote item={item} feedback={told} blank={blank} />
      ) : (
        blank && <p className="muted">{t('practice.blank')}</p>
      )}
    </li>
  );
}
