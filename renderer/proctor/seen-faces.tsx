import type { Scores, SeenFace } from '../../contract/page/proctor-desk.ts';
import type { Gesture } from '../../contract/words/exam.ts';
import { usePage } from '../context.ts';
import { Icon } from '../design/icons.tsx';

type SeenProps = { readonly faces: readonly SeenFace[]; readonly challenge: Scores['challenge'] };

/** What the last look saw: the faces that were compared, each gesture that was asked for, and what could be better. */
export function SeenFaces({ faces, challenge }: SeenProps) {
  const { t, explain } = usePage();
  const atRest = faces.filter(({ of }) => of === 'rest');
  const made = faces.filter(({ of }) => of !== 'rest');
  const notes = new Set(atRest.flatMap((face) => face.notes));
  if (faces.length === 0) return null;
  return (
    <section className="seen-faces" aria-label={t('seen.title')}>
      <ol>
        {atRest.map((face) => (
          <Seen key={face.base64} face={face} words={t('seen.rest')} />
        ))}
        {challenge?.gestures.map((gesture, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what was asked for does not change its place
          <Asked key={at} gesture={gesture} face={made[at]} />
        ))}
      </ol>
      {notes.size > 0 && (
        <ul className="muted notes">
          {[...notes].map((note) => (
            <li key={note} data-note={note}>
              {explain(note)} <code>{note}</code>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

type FaceProps = { readonly face: SeenFace; readonly words: string };

function Seen({ face: { base64, failed }, words }: FaceProps) {
  return (
    <li data-failed={failed || undefined}>
      <figure>
        <img src={`data:image/jpeg;base64,${base64}`} alt={words} />
        <figcaption>{words}</figcaption>
      </figure>
    </li>
  );
}

type AskedProps = { readonly gesture: Gesture; readonly face: SeenFace | undefined };

/** A gesture that was asked for: as it was made, as it failed, or never seen. */
function Asked({ gesture, face }: AskedProps) {
  const { t } = usePage();
  const done = face !== undefined && !face.failed;
  return (
    <li className={done ? 'done' : 'not-done'} data-gesture={gesture}>
      <figure>
        {face ? <img src={`data:image/jpeg;base64,${face.base64}`} alt="" /> : <div className="no-face" />}
        <Icon name={done ? 'check' : 'cross'} />
        <figcaption>
          {t(`seen.${gesture}`)}
          <span className="visually-hidden">{t(done ? 'seen.done' : 'seen.not-done')}</span>
        </figcaption>
      </figure>
    </li>
  );
}
