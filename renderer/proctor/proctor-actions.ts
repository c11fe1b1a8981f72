import type { TurnedAwayView } from '../../contract/page/view.ts';
import type { ComparedField } from '../../contract/words/entries.ts';
import type { IncidentId, StationId } from '../../contract/words/ids.ts';
import type { ProctorAction } from '../../contract/words/proctoring.ts';
import type { MessageKey } from '../../messages/index.ts';
import type { IconName } from '../design/icons.tsx';

/** What has been said of a deed when its button is touched. */
export type Filled = {
  readonly note: string;
  readonly minutes: number;
  readonly compared: readonly ComparedField[];
  readonly to: StationId | undefined;
};

/** Something a proctor may do here. */
export type OfferedAction = {
  readonly name: string;
  readonly label: MessageKey;
  /** What it does, in a line. */
  readonly hint: MessageKey;
  readonly icon: IconName;
  /** It cannot be taken back, or somebody has to go: it stands apart and is confirmed. */
  readonly grave?: true;
  /** Whether it must be said why, and what else has to be chosen. */
  readonly needs: { readonly note?: true; readonly minutes?: true; readonly compared?: true; readonly station?: true };
  /** Nothing where what it needs is not there yet. */
  readonly action: (filled: Filled) => ProctorAction | undefined;
};

type ActionName =
  | ('unlock' | 'resume' | 'pause' | 'send-away')
  | ('override' | 'hand-in' | 'terminate' | 'extend' | 'move' | 'close-kiosk');

/** At least so long is a reason. */
const SHORTEST_NOTE = 2;
const why = (note: string) => (note.trim() === '' ? {} : { note });
const explained = <A>(note: string, action: A): A | undefined =>
  note.trim().length >= SHORTEST_NOTE ? action : undefined;

const named = <N extends ActionName>(name: N, icon: IconName) =>
  ({ name, icon, label: `proctor.${name}`, hint: `deed.${name}` }) as const;

const mayExplain = (kind: 'unlock' | 'resume' | 'pause', icon: IconName): OfferedAction => ({
  ...named(kind, icon),
  needs: {},
  action: ({ note }) => ({ kind, ...why(note) }),
});
const mustExplain = (kind: 'hand-in' | 'terminate' | 'close-kiosk', icon: IconName): OfferedAction => ({
  ...named(kind, icon),
  ...{ grave: true, needs: { note: true } },
  action: ({ note }) => explained(note, { kind, note }),
});

export const OFFERED_ACTIONS: Readonly<Record<ActionName, OfferedAction>> = {
  unlock: mayExplain('unlock', 'forward'),
  resume: mayExplain('resume', 'forward'),
  pause: mayExplain('pause', 'hand'),
  'send-away': {
    ...named('send-away', 'leave'),
    ...{ grave: true, needs: {} },
    action: ({ note }) => ({ kind: 'send-away', ...why(note) }),
  },
  'hand-in': mustExplain('hand-in', 'check'),
  terminate: mustExplain('terminate', 'stop'),
  'close-kiosk': mustExplain('close-kiosk', 'leave'),
  override: {
    ...named('override', 'person'),
    needs: { note: true, compared: true },
    action: ({ note, compared }) =>
      compared.length < 2 ? undefined : explained(note, { kind: 'override', note, compared: [...compared] }),
  },
  extend: {
    ...named('extend', 'clock'),
    needs: { note: true, minutes: true },
    action: ({ note, minutes }) => explained(note, { kind: 'extend', minutes, note }),
  },
  move: {
    ...named('move', 'next'),
    ...{ grave: true, needs: { note: true, station: true } },
    action: ({ note, to }) => (to ? explained(note, { kind: 'move', to, note }) : undefined),
  },
};

/** What a proctor may make of one incident. */
export function verdictsOn(incidentId: IncidentId): readonly [OfferedAction, OfferedAction] {
  const verdictOf = (verdict: 'dismissed' | 'confirmed'): OfferedAction => ({
    ...{ name: verdict, label: `incidents.${verdict}`, hint: `deed.${verdict}`, needs: { note: true } },
    icon: verdict === 'dismissed' ? 'check' : 'alert',
    action: ({ note }) => explained(note, { kind: 'review', incidentId, verdict, note }),
  });
  return [verdictOf('dismissed'), verdictOf('confirmed')];
}

/** What a proctor may make of somebody who was turned away. */
export function atTheDoor({ ticket, why, doubts }: TurnedAwayView): readonly [OfferedAction, ...OfferedAction[]] {
  const moved = why.kind === 'moved';
  const inDoubt = doubts.length > 0;
  const seatHere: OfferedAction = {
    ...{ name: inDoubt ? 'seat-in-doubt' : 'seat-here', icon: 'person' },
    ...{ label: moved ? 'proctor.take-back' : 'proctor.seat-here', hint: inDoubt ? 'deed.in-doubt' : 'deed.seat-here' },
    needs: { note: true, ...(inDoubt ? { compared: true } : {}) },
    action: ({ note, compared }) =>
      inDoubt && compared.length < 2
        ? undefined
        : explained(note, { kind: 'seat-here', ticket, note, ...(inDoubt ? { compared: [...compared] } : {}) }),
  };
  const sendOn: OfferedAction = {
    ...{ name: 'send-on', label: 'proctor.move', hint: 'deed.move', icon: 'next' },
    needs: { note: true, station: true },
    action: ({ note, to }) => (to ? explained(note, { kind: 'send-on', ticket, to, note }) : undefined),
  };
  return moved ? [sendOn, seatHere] : [seatHere];
}

/** Done by the touch that chooses it: nothing has to be said, and nothing be confirmed. */
export const needsNothing = ({ needs, grave }: OfferedAction): boolean => !grave && Object.keys(needs).length === 0;

/** Reasons to touch, where there is no keyboard. */
export const USUAL_NOTES: Readonly<Record<string, readonly MessageKey[]>> = {
  override: ['proctor.note.card', 'proctor.note.known'],
  unlock: ['proctor.note.seen'],
  'send-away': ['proctor.note.own-wish', 'proctor.note.wrong-person'],
  extend: ['proctor.note.slow', 'proctor.note.disturbed'],
  'hand-in': ['proctor.note.cannot'],
  'close-kiosk': ['proctor.note.over', 'proctor.note.broken'],
  terminate: ['proctor.note.rules', 'proctor.note.own-wish', 'proctor.note.cannot'],
  pause: ['proctor.note.toilet', 'proctor.note.disturbed'],
  move: ['proctor.note.broken', 'proctor.note.disturbed'],
  'send-on': ['proctor.note.broken', 'proctor.note.disturbed'],
  'seat-here': ['proctor.note.broken', 'proctor.note.disturbed'],
  'seat-in-doubt': ['proctor.note.temporary', 'proctor.note.renamed', 'proctor.note.rare'],
  dismissed: ['proctor.note.seen', 'proctor.note.somebody-passed'],
  confirmed: ['proctor.note.happened'],
};
