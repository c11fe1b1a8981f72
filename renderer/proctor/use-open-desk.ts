import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { DESK_LIMITS, type Dossier, type SeenFace } from '../../contract/page/proctor-desk.ts';
import type { DeskId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';

const TICK_MS = 500;
/** Each touch tells the station that somebody is there, but not more often than this. */
const TOUCH_MS = 3_000;

/**
 * A desk that nobody uses any more closes by itself, here as at the station.
 * @returns how many seconds it still stays open
 */
export function useAutoClose(desk: DeskId, onClose: () => void, onLost: () => void): number {
  const { station } = usePage();
  const [leftMs, setLeftMs] = useState<number>(DESK_LIMITS.unusedMs);
  const used = useRef(performance.now());
  const touch = useEffectEvent(() => {
    const now = performance.now();
    if (now - used.current < TOUCH_MS) return;
    used.current = now;
    setLeftMs(DESK_LIMITS.unusedMs);
    station.call('proctor.touch', { desk }).catch((error) => isClosed(error) && onLost());
  });
  const tick = useEffectEvent(() => {
    const left = DESK_LIMITS.unusedMs - (performance.now() - used.current);
    setLeftMs(left);
    if (left <= 0) onClose();
  });
  useEffect(() => {
    const touched = () => touch();
    const timer = setInterval(() => tick(), TICK_MS);
    for (const event of ['pointerdown', 'keydown']) document.addEventListener(event, touched, true);
    return () => {
      clearInterval(timer);
      for (const event of ['pointerdown', 'keydown']) document.removeEventListener(event, touched, true);
    };
  }, []);
  // Whoever goes leaves nothing open behind them.
  useEffect(() => () => void station.call('proctor.close', { desk }).catch(() => undefined), [station, desk]);
  return Math.max(0, Math.ceil(leftMs / 1000));
}

/** What a proctor may know of whoever is here, asked for anew at each screen. */
export function useDossier(
  desk: DeskId,
  screen: string,
): { readonly dossier: Dossier | undefined; readonly photos: Photos; readonly seen: readonly SeenFace[] } {
  const { station } = usePage();
  const [dossier, setDossier] = useState<Dossier>();
  const [photos, setPhotos] = useState<Photos>();
  const [seen, setSeen] = useState<readonly SeenFace[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen, and something else was measured
  useEffect(() => {
    station.call('proctor.dossier', { desk }).then(setDossier, () => setDossier((before) => before ?? {}));
    station.call('proctor.look', { desk }).then(
      ({ faces }) => setSeen(faces),
      () => setSeen([]),
    );
  }, [station, desk, screen]);
  useEffect(() => {
    station.call('proctor.photos', { desk }).then(
      ({ base64 }) => setPhotos(base64),
      () => setPhotos([]),
    );
  }, [station, desk]);
  return { dossier, photos, seen };
}

/** Base64; nothing until the station has said. */
export type Photos = readonly string[] | undefined;

export const isClosed = (error: unknown): boolean => error instanceof Refusal && error.reason === 'desk-closed';
