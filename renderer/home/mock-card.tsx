import type { HomeMock, SatMock } from '../../contract/home/home-api.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Icon } from '../design/icons.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { useHome } from './home-context.tsx';
import { go, mockAt } from './route.ts';

/** So many of one's own are seen at once; the others are behind a line to open. */
const SHOWN = 3;

/** A mock exam: what it is, the way into it, and how one did before. */
export function MockCard({ mock }: { readonly mock: HomeMock }) {
  const { t, locale } = usePage();
  const api = useHome();
  const { busy, refused, run } = useCall();
  const { examId, title, items, fullMarks, passMarks, durationSeconds, open, sat } = mock;
  const begin = () => run(async () => go(mockAt(await api.beginMock(examId))));
  const facts = { items, full: fullMarks, pass: passMarks, minutes: Math.round(durationSeconds / 60) };
  const older = sat.slice(SHOWN);
  return (
    <li className="card" data-mock={examId}>
      <h3>{inLocale(title, locale)}</h3>
      <p className="muted">{t('exam.facts', facts)}</p>
      <Notice reason={refused} />
      <Button look="primary" disabled={busy} onPress={begin} action="begin-mock">
        {t(open ? 'home.mock-on' : sat.length > 0 ? 'home.mock-again' : 'home.mock-begin')}
      </Button>
      {sat.length > 0 && <h4>{t('home.before')}</h4>}
      <History of={sat.slice(0, SHOWN)} />
      {older.length > 0 && (
        <details>
          <summary>{t('home.older', { count: older.length })}</summary>
          <History of={older} />
        </details>
      )}
    </li>
  );
}

function History({ of }: { readonly of: readonly SatMock[] }) {
  const { t, locale } = usePage();
  const times = new Intl.DateTimeFormat(locale === 'zh' ? 'zh-CN' : 'en-GB', {
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return (
    <ul className="history">
      {of.map(({ id, endedAt, marks, fullMarks, passed }) => (
        <li key={id}>
          <a href={mockAt(id)}>
            <time dateTime={endedAt}>{times.format(new Date(endedAt))}</time>
            <strong>{t('topics.bar', { marks, full: fullMarks })}</strong>
            <span className={passed ? 'badge learning' : 'badge'}>
              {t(passed ? 'home.would-pass' : 'home.not-yet')}
            </span>
            <Icon name="next" />
          </a>
        </li>
      ))}
    </ul>
  );
}
