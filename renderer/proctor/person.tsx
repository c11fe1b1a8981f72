import { useEffect, useState } from 'react';
import type { Dossier, SeenFace } from '../../contract/page/proctor-desk.ts';
import type { StationView } from '../../contract/page/view.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { asTime } from '../design/clock-time.ts';
import { FaceView } from '../design/face-view.tsx';
import { Icon } from '../design/icons.tsx';
import { ByLight } from './by-light.tsx';
import { Likeness } from './likeness.tsx';
import { Registered } from './registered.tsx';
import { SeenFaces } from './seen-faces.tsx';
import type { Photos } from './use-open-desk.ts';

type PersonProps = {
  readonly dossier: Dossier;
  readonly photos: Photos;
  readonly seen: readonly SeenFace[];
  readonly view: StationView;
};

/** Whoever is here: the face before the camera beside the one that is registered, and what stands on the card. */
export function Person({ dossier: { person, scores }, photos, seen, view }: PersonProps) {
  const { t } = usePage();
  if (!person) return null;
  const { name, number, birthDate, document } = person;
  const { current } = view;
  const watched = view.devices.camera.state === 'ready' && !('watched' in current && !current.watched);
  return (
    <section className="person" aria-label={t('desk.person')} data-person>
      <div className="held-together">
        <div className="faces">
          <figure>
            {watched ? <FaceView small /> : <NoFace words={t('desk.not-watched')} />}
            <figcaption>{t('desk.live')}</figcaption>
          </figure>
          <figure>
            <Enrolled photos={photos} name={name} />
            <figcaption>{t('desk.enrolled')}</figcaption>
          </figure>
        </div>
        {scores && current.stage !== 'consenting' && <Likeness scores={scores} />}
      </div>
      <div className="on-the-card">
        <p className="person-name">{name}</p>
        {number !== '' && (
          <dl className="facts-of">
            <dt>{t('compared.number')}</dt>
            <dd data-number>{document === undefined || number.length === 18 ? inGroups(number) : number}</dd>
            {document && <dt>{t('desk.document')}</dt>}
            {document && <dd>{t(`document.${document}`)}</dd>}
            {birthDate && <dt>{t('compared.birth-date')}</dt>}
            {birthDate && <dd>{birthDate}</dd>}
          </dl>
        )}
        <FromWhere person={person} />
        <ExamOf view={view} attempts={person.attempts} />
        <Registered />
      </div>
      <div className="was-seen">
        <SeenFaces faces={seen} challenge={scores?.challenge} />
        {scores?.light && <ByLight {...scores.light} />}
      </div>
    </section>
  );
}

/** As it is printed on the card. */
const inGroups = (number: string): string =>
  [number.slice(0, 6), number.slice(6, 14), number.slice(14)].filter(Boolean).join(' ');

function NoFace({ words }: { readonly words: string }) {
  return (
    <div className="no-face">
      <Icon name="person" />
      <span>{words}</span>
    </div>
  );
}

function Enrolled({ photos, name }: { readonly photos: Photos; readonly name: string }) {
  const { t } = usePage();
  const [first] = photos ?? [];
  if (!photos) return <div className="no-face" />;
  if (!first) return <NoFace words={t('desk.no-photo')} />;
  return <img src={`data:image/jpeg;base64,${first}`} alt={t('desk.photo-of', { name })} />;
}

/** How they said who they are, and whether the chip of the card says the same as the roster. */
function FromWhere({ person }: { readonly person: NonNullable<Dossier['person']> }) {
  const { t, explain } = usePage();
  const { chip, identifiedBy } = person;
  const unread = identifiedBy === 'typed' || identifiedBy === 'slip';
  if (!chip) return <p className={unread ? 'said warned' : 'said'}>{t(`desk.by-${identifiedBy}`)}</p>;
  const { doubts } = chip;
  const agrees = doubts.length === 0;
  return (
    <>
      <p className={agrees ? 'said right' : 'said warned'} data-chip={agrees ? 'agrees' : 'differs'}>
        <Icon name={agrees ? 'check' : 'alert'} />
        {agrees ? t('desk.chip-agrees') : t('desk.chip-differs', { name: chip.name, date: chip.birthDate })}
      </p>
      <dl className="facts-of">
        <dt>{t('desk.valid')}</dt>
        <dd>
          {chip.validFrom} – {chip.validTo === 'long-term' ? t('desk.long-term') : chip.validTo}
        </dd>
        {doubts.length > 0 && <dt>{t('desk.doubts')}</dt>}
        {doubts.map((doubt) => (
          <dd key={doubt} data-doubt={doubt}>
            {explain(doubt)} <code>{doubt}</code>
          </dd>
        ))}
      </dl>
    </>
  );
}

type ExamOfProps = {
  readonly view: StationView;
  readonly attempts: NonNullable<Dossier['person']>['attempts'];
};

function ExamOf({ view: { current }, attempts }: ExamOfProps) {
  const { t, locale } = usePage();
  if (!('exam' in current)) return null;
  return (
    <p className="muted exam-of">
      <span>{inLocale(current.exam.title, locale)}</span>
      {attempts && attempts.used < attempts.of && (
        <span>{t('desk.attempt', { at: attempts.used + 1, of: attempts.of })}</span>
      )}
      {'clock' in current && <TimeLeft {...current.clock} />}
    </p>
  );
}

function TimeLeft({ remainingMs, running }: { readonly remainingMs: number; readonly running: boolean }) {
  const { t } = usePage();
  const [passed, setPassed] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the station says anew begins anew
  useEffect(() => {
    const from = performance.now();
    setPassed(0);
    if (!running) return undefined;
    const timer = setInterval(() => setPassed(performance.now() - from), 500);
    return () => clearInterval(timer);
  }, [remainingMs, running]);
  return <strong>{t('desk.time-left', { time: asTime(remainingMs - passed) })}</strong>;
}
