import { type RefObject, useEffect, useRef, useState } from 'react';
import { FromPlayer, type ToPlayer } from '../../contract/page/player-messages.ts';
import type { Lesson } from '../../contract/words/course.ts';
import { PackageOpeningId } from '../../contract/words/ids.ts';
import type { PackageSaid } from '../../contract/words/scorm.ts';
import { usePage } from '../context.ts';
import { openReporter, type Reporter } from './package-reporter.ts';

type Said = Extract<FromPlayer, { kind: 'said' }>;
type Saying = Said & { readonly opening: PackageOpeningId };
type PackageLesson = Extract<Lesson, { kind: 'scorm' }>;

/** A package that does not answer by then is left all the same. */
const LEAVE_MS = 2_000;

const newOpening = (): PackageOpeningId => PackageOpeningId.parse(`po_${crypto.randomUUID()}`);

type Playing = {
  readonly lesson: PackageLesson;
  readonly frame: RefObject<HTMLIFrameElement | null>;
  /** Of the player. What comes from anywhere else is nobody's. */
  readonly origin: string;
  readonly name: string;
  /** What it said in sittings before. */
  readonly before: PackageSaid | undefined;
  readonly active: boolean;
};

/** A package in its player: what it says is brought to the station, and what it left there is handed to it. */
export function usePackage({ lesson, frame, origin, name, before, active }: Playing) {
  const { station } = usePage();
  const [runs, setRuns] = useState(false);
  const [over, setOver] = useState(false);
  const reporter = useRef<Reporter<Saying>>(undefined);
  const closed = useRef<() => void>(undefined);
  const known = useRef(before);
  known.current = before;
  const tell = (message: ToPlayer): void => frame.current?.contentWindow?.postMessage(message, origin);
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    setRuns(false);
    setOver(false);
    let opening = newOpening();
    const reports = openReporter<Saying>(({ said, state, opening }) =>
      station.call('package.report', { lessonId: lesson.id, opening, said, state }),
    );
    reporter.current = reports;
    const open = async (): Promise<void> => {
      opening = newOpening();
      const { state } = await station.call('package.resume', { lessonId: lesson.id });
      const { version, launch, masteryScore, launchData } = lesson;
      const unit = { launch, masteryScore, launchData };
      latest.current({ ...{ kind: 'open', hash: lesson.file.hash, version, unit, name }, said: known.current, state });
      setRuns(true);
    };
    const hear = ({ source, origin: from, data }: MessageEvent): void => {
      const own = source !== null && source === frame.current?.contentWindow && from === origin;
      const message = own ? FromPlayer.safeParse(data).data : undefined;
      if (message?.kind === 'ready') open().catch(() => setOver(true));
      if (message?.kind === 'closed') closed.current?.();
      if (message?.kind !== 'said') return;
      setOver(message.over);
      reports.put({ ...message, opening });
    };
    window.addEventListener('message', hear);
    return () => {
      window.removeEventListener('message', hear);
      reports.stop();
    };
  }, [station, lesson, frame, origin, name]);
  useEffect(() => {
    if (!active) latest.current({ kind: 'hold' });
  }, [active]);
  /** Ends it, and waits until what it said on its way out is kept. */
  const leave = async (): Promise<void> => {
    if (!runs) return;
    const late = new Promise<void>((resolve) => setTimeout(resolve, LEAVE_MS));
    const done = new Promise<void>((resolve) => {
      closed.current = resolve;
    });
    latest.current({ kind: 'close' });
    await Promise.race([done.then(() => reporter.current?.settled()), late]);
    setOver(true);
  };
  return { runs, over, leave };
}
