import { type RefObject, useEffect, useState } from 'react';

/** A film may stand so far from where the station has it without being moved: what is on the way, and rounding. */
const SLACK_SECONDS = 4;

/**
 * A film in the page: whether it runs, where it is, and how it is moved.
 * @param from where it goes on, in seconds
 */
export function useFilm(video: RefObject<HTMLVideoElement | null>, from: number, active: boolean) {
  const [at, setAt] = useState(from);
  const [length, setLength] = useState(0);
  const [runs, setRuns] = useState(false);
  const [ended, setEnded] = useState(false);
  const [failed, setFailed] = useState(false);
  // What nobody watches does not run on.
  useEffect(() => {
    if (!active) video.current?.pause();
  }, [active, video]);
  const wind = (to: number): void => {
    if (video.current) video.current.currentTime = Math.max(0, to);
    setAt(Math.max(0, to));
  };
  const toggle = (): void => {
    const film = video.current;
    if (!film) return;
    if (!film.paused) return film.pause();
    if (film.ended) film.currentTime = 0;
    film.play().catch(() => setFailed(film.error !== null));
  };
  const events = {
    onLoadedMetadata: () => {
      const film = video.current;
      if (!film) return;
      setLength(film.duration);
      // What was seen to its end begins anew.
      film.currentTime = from >= film.duration - 1 ? 0 : from;
    },
    onTimeUpdate: () => setAt(video.current?.currentTime ?? 0),
    onPlay: () => {
      setRuns(true);
      setEnded(false);
    },
    onPause: () => setRuns(false),
    onEnded: () => {
      setRuns(false);
      setEnded(true);
    },
    onError: () => setFailed(true),
  };
  const keepWithin = (position: number, bound: boolean): void => {
    if (bound && (video.current?.currentTime ?? 0) > position + SLACK_SECONDS) wind(position);
  };
  return { at, length, runs, ended, failed, events, wind, toggle, keepWithin };
}
