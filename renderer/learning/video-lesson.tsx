import { useRef, useState } from 'react';
import type { LessonView } from '../../contract/page/course-view.ts';
import { mediaPath } from '../../contract/page/media.ts';
import type { Lesson } from '../../contract/words/course.ts';
import type { Sha256 } from '../../contract/words/ids.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { asTime } from '../design/clock-time.ts';
import { useFilm } from './use-film.ts';
import { useLessonReport } from './use-lesson-report.ts';

type VideoLessonProps = {
  readonly lesson: Extract<Lesson, { kind: 'video' }>;
  readonly state: LessonView;
  readonly here: ReadonlySet<Sha256>;
  readonly active: boolean;
};

const BACK_SECONDS = 10;

/** A film. It may be wound back at will, and on to where it was seen; the station says where that is. */
export function VideoLesson({ lesson, state, here, active }: VideoLessonProps) {
  const { t, locale } = usePage();
  const video = useRef<HTMLVideoElement>(null);
  const film = useFilm(video, state.position, active);
  const [farthest, setFarthest] = useState(state.farthest);
  const bound = lesson.seek !== 'free' && !state.complete;
  const reach = bound ? Math.max(farthest, state.farthest, film.at) : film.length;
  useLessonReport({
    lessonId: lesson.id,
    goesOn: active && film.runs,
    position: () => video.current?.currentTime ?? state.position,
    onStands: (stands) => {
      setFarthest(stands.farthest);
      film.keepWithin(stands.position, bound);
    },
  });
  return (
    <div className="film">
      <video ref={video} playsInline preload="auto" aria-label={inLocale(lesson.title, locale)} {...film.events}>
        {lesson.sources
          .filter(({ hash }) => here.has(hash))
          .map(({ hash, type }) => (
            <source key={hash} src={mediaPath(hash)} type={type} />
          ))}
      </video>
      {film.failed && <p className="notice warn">{t('learning.cannot-play')}</p>}
      <div className="film-controls">
        <Button look="primary" disabled={!active || film.failed} onPress={film.toggle} action="play">
          {t(film.runs ? 'learning.pause' : film.ended ? 'learning.replay' : 'learning.play')}
        </Button>
        <Button disabled={film.at < 1} onPress={() => film.wind(film.at - BACK_SECONDS)} action="back-10">
          {t('learning.back', { seconds: BACK_SECONDS })}
        </Button>
        <input
          type="range"
          className="film-bar"
          min={0}
          max={Math.max(1, film.length)}
          step={1}
          value={film.at}
          aria-label={t('learning.position')}
          aria-valuetext={asTime(film.at * 1000)}
          onChange={({ target }) => film.wind(Math.min(Number(target.value), reach))}
        />
        <span className="figures">
          {asTime(film.at * 1000)} / {asTime(film.length * 1000)}
        </span>
      </div>
      {bound && <p className="muted">{t('learning.seek-rule')}</p>}
    </div>
  );
}
