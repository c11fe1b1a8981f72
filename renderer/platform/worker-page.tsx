import { useCallback, useEffect, useState } from 'react';
import { type WorkerDetails, workerEndpoints } from '../../contract/platform/workers.ts';
import { CandidateId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { explainPhoto } from '../../messages/photos.ts';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { FactList } from './fact-list.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import type { Firm } from './use-firm.ts';
import { WorkerDeeds } from './worker-deeds.tsx';
import { WorkerPhotoDeeds } from './worker-photo-deeds.tsx';
import type { WorkerProps } from './worker-props.ts';
import { useExamChoices } from './workers-page.tsx';

/** Somebody of a firm: who they are, what they look like to a station, what they sat. */
export function WorkerPage({ id }: { readonly id: string }) {
  return (
    <OfFirm screen="worker" heading="worker.title">
      {(firm) => <Loaded firm={firm} id={id} />}
    </OfFirm>
  );
}

function Loaded({ firm, id }: { readonly firm: Firm; readonly id: string }) {
  const { ask, t } = usePlatform();
  const load = useCallback(async () => {
    const known = CandidateId.safeParse(id);
    if (!known.success) throw new Refusal('not-on-roster');
    return ask(workerEndpoints.read, { params: { firm: firm.id, id: known.data } });
  }, [ask, firm.id, id]);
  const { value, refused, again } = useLoaded(load);
  return (
    <>
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value && <Shown key={JSON.stringify(value)} firm={firm} worker={value} onChanged={again} />}
    </>
  );
}

function Shown({ firm, worker, onChanged }: WorkerProps) {
  const { t } = usePlatform();
  const exams = useExamChoices(firm);
  const exam = exams.find(({ value }) => value === worker.examId)?.label ?? worker.examId;
  const { name, number, post, sector, category, leftAt, seat, arrangements } = worker;
  const needs = Object.keys(arrangements).length > 0;
  const facts = [
    [t('workers.number'), number],
    [t('workers.exam'), exam],
    [t('workers.post'), post],
    [t('organisations.sector'), sector],
    [t('worker.category'), category],
    [t('worker.seat'), seat],
    [t('worker.arrangements'), needs ? t('worker.arranged', { minutes: arrangements.extraMinutes ?? 0 }) : null],
  ] as const;
  return (
    <>
      <div className="head titled">
        <h2>{name}</h2>
        {leftAt && <span className="badge">{t('workers.left-yes')}</span>}
      </div>
      <FactList facts={facts} />
      {firm.isOwn && !leftAt && <WorkerDeeds {...{ firm, worker, exams, onChanged }} />}
      <Photos {...{ firm, worker, onChanged }} />
      <Results worker={worker} />
      <Memberships worker={worker} />
    </>
  );
}

function Photos({ firm, worker, onChanged }: WorkerProps) {
  const { t, locale } = usePlatform();
  const { photos, link, leftAt } = worker;
  return (
    <section className="part" aria-labelledby="photos">
      <h2 id="photos">{t('worker.photos')}</h2>
      {photos.length === 0 && <p className="muted">{t('worker.no-photo')}</p>}
      <ul className="cards">
        {photos.map(({ hash, looked, refused }) => (
          <li key={hash} className="card">
            <Picture firm={firm} id={worker.id} hash={hash} name={worker.name} />
            <span className={refused.length > 0 ? 'badge bad' : looked ? 'badge good' : 'badge'}>
              {t(refused.length > 0 ? 'worker.photo-refused' : looked ? 'worker.photo-good' : 'worker.photo-unseen')}
            </span>
            {refused.map(({ station, reasons }) => (
              <small key={station}>
                {station}: {reasons.map((reason) => explainPhoto(reason, locale)).join('、')}
              </small>
            ))}
          </li>
        ))}
      </ul>
      {link?.consentedAt && (
        <p className="muted">{t('worker.consented', { at: new Date(link.consentedAt).toLocaleString(locale) })}</p>
      )}
      {firm.isOwn && !leftAt && <WorkerPhotoDeeds {...{ firm, worker, onChanged }} />}
    </section>
  );
}

type PictureProps = {
  readonly firm: Firm;
  readonly id: CandidateId;
  readonly hash: WorkerDetails['photos'][number]['hash'];
  readonly name: string;
};

function Picture({ firm, id, hash, name }: PictureProps) {
  const { ask, t } = usePlatform();
  const [source, setSource] = useState<string>();
  useEffect(() => {
    let over = false;
    ask(workerEndpoints.photo, { params: { firm: firm.id, id, hash } }).then(
      ({ jpeg }) => over || setSource(`data:image/jpeg;base64,${jpeg}`),
      () => undefined,
    );
    return () => {
      over = true;
    };
  }, [ask, firm.id, id, hash]);
  return source ? <img className="portrait" src={source} alt={t('worker.photo-of', { name })} /> : null;
}

function Results({ worker }: Pick<WorkerProps, 'worker'>) {
  const { t, locale } = usePlatform();
  const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section className="part" aria-labelledby="results">
      <h2 id="results">{t('worker.results')}</h2>
      {worker.results.length === 0 && <p className="muted">{t('worker.no-results')}</p>}
      <ul className="rows">
        {worker.results.map(({ at, exam, marks, fullMarks, passed, station, disputed }) => (
          <li key={`${at} ${station}`}>
            <span>
              {time.format(new Date(at))} · {exam[locale] ?? exam.zh} · {station}
            </span>
            <span className={`badge ${disputed ? 'warn' : passed ? 'good' : 'bad'}`}>
              {t(disputed ? 'worker.disputed' : passed ? 'worker.passed' : 'worker.failed')} {marks}/{fullMarks}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Memberships({ worker }: Pick<WorkerProps, 'worker'>) {
  const { t } = usePlatform();
  const said = worker.memberships.filter(({ joined, left }) => joined || left);
  if (said.length === 0) return null;
  return (
    <section className="part" aria-labelledby="memberships">
      <h2 id="memberships">{t('worker.memberships')}</h2>
      <ul className="rows">
        {said.map(({ joined, left }) => (
          <li key={`${joined?.on} ${left?.on}`}>
            <span>
              {joined && t('worker.joined', { on: joined.on, from: joined.from ?? '' })} {joined?.why}
            </span>
            {left && (
              <span>
                {t('worker.gone', { on: left.on, to: left.to ?? '' })} {left.why}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
