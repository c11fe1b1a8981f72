import { randomBytes } from 'node:crypto';
import { DESK_LIMITS, type DeskAbout } from '../../contract/page/proctor-desk.ts';
import { DeskId, type ProctorId, type TenantId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import type { Clock } from '../core/clock/index.ts';
import type { Authorised } from '../keep/proctors/index.ts';

/** A proctor who said who they are, and what they came for. */
export type Desk = {
  readonly id: DeskId;
  readonly proctor: Authorised;
  readonly about: DeskAbout;
  /** The firm whose proctor it is, where it uses this station by a grant. */
  readonly guest: TenantId | undefined;
};

/** One at a time, and not for long: for whom or what it was opened, and for nobody who comes after. */
export type Desks = {
  open(of: Omit<Desk, 'id'>): Desk;
  /** The desk of this name, which stays open a while longer. @throws Refusal `desk-closed` */
  at(id: DeskId): Desk;
  close(id: DeskId): void;
  /** Whichever is open: the page is gone. */
  closeAll(): void;
};

type DeskParts = {
  readonly clock: Clock;
  /** What names whoever is here now; another name, and the desk is closed. */
  readonly subject: (about: DeskAbout) => string | undefined;
  /** Whether this is still a proctor of that firm. */
  readonly isProctor: (id: ProctorId, guest: TenantId | undefined) => boolean;
};

/** Nobody guesses that. */
const ID_BYTES = 16;

export function openDesks({ clock, subject, isProctor }: DeskParts): Desks {
  let current: (Desk & { readonly of: string; readonly since: number; used: number }) | undefined;
  const stands = (): boolean => {
    if (!current) return false;
    const { about, guest, proctor, of, since, used } = current;
    const now = clock.monotonic();
    const inTime = now - used < DESK_LIMITS.unusedMs && now - since < DESK_LIMITS.longestMs;
    return inTime && subject(about) === of && isProctor(proctor.id, guest);
  };
  return {
    open(desk) {
      const of = subject(desk.about);
      if (of === undefined) throw new Refusal('not-allowed-now', 'nobody is here');
      const now = clock.monotonic();
      const id = DeskId.parse(`dk_${randomBytes(ID_BYTES).toString('hex')}`);
      current = { ...desk, id, of, since: now, used: now };
      return current;
    },
    at(id) {
      if (!stands()) current = undefined;
      if (!current || current.id !== id) throw new Refusal('desk-closed');
      current.used = clock.monotonic();
      return current;
    },
    close(id) {
      if (current?.id === id) current = undefined;
    },
    closeAll() {
      current = undefined;
    },
  };
}
