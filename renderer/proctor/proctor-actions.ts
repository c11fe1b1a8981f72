import type { TurnedAwayView } from '../../contract/page/view.ts';
import type { ComparedField } from '../../contract/words/entries.ts';
import type { IncidentId, StationId } from '../../contract/words/ids.ts';
import type { ProctorAction } from '../../contract/words/proctoring.ts';
import type { MessageKey } from '../../messages/index.ts';

/** What a dialog has when its button is touched. */
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
  /** Besides the PIN: whether it must be said why, and what else has to be chosen. */
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

const mayExplain = (kind: 'unlock' | 'resume' | 'pause' | 'send-away'): OfferedAction => ({
  ...{ name: kind, label: `proctor.${kind}`, needs: {} },
  action: ({ note }) => ({ kind, ...why(note) }),
});
const mustExplain = (kind: 'hand-in' | 'terminate' | 'close-kiosk'): OfferedAction => ({
  ...{ name: kind, label: `proctor.${kind}`, needs: { note: true } },
  action: ({ note }) => explained(note, { kind, note }),
});

export const OFFERED_ACTIONS: Readonly<Record<ActionName, OfferedAction>> = {
  unlock: mayExplain('unlock'),
  resume: mayExplain('resume'),
  pause: mayExplain('pause'),
  'send-away': mayExplain('send-away'),
  'hand-in': mustExplain('hand-in'),
  terminate: mustExplain('terminate'),
  'close-kiosk': mustExplain('close-kiosk'),
  override: {
    ...{ name: 'override', label: 'proctor.override', needs: { note: true, compared: true } },
    action: ({ note, compared }) =>
      compared.length < 2 ? undefined : explained(note, { kind: 'override', note, compared: [...compared] }),
  },
  extend: {
    ...{ name: 'extend', label: 'proctor.extend', needs: { note: true, minutes: true } },
    action: ({ note, minutes }) => explained(note, { kind: 'extend', minutes, note }),
  },
  move: {
    ...{ name: 'move', label: 'proctor.move', needs: { note: true, station: true } },
    action: ({ note, to }) => (to ? explained(note, { kind: 'move', to, note }) : undefined),
  },
};

/** What a proctor may make of one incident. */
export function verdictsOn(incidentId: IncidentId): readonly [OfferedAction, OfferedAction] {
  const verdictOf = (verdict: 'dismissed' | 'confirmed'): OfferedAction => ({
    ...{ name: verdict, label: `incidents.${verdict}`, needs: { note: true } },
    action: ({ note }) => explained(note, { kind: 'review', incidentId, verdict, note }),
  });
  return [verdictOf('dismissed'), verdictOf('confirmed')];
}

/** What a proctor may make of somebody who was turned away. */
export function atTheDoor({ ticket, why }: TurnedAwayView): readonly [OfferedAction, ...OfferedAction[]] {
  const moved = why.kind === 'moved';
  const seatHere: OfferedAction = {
    ...{ name: 'seat-here', label: moved ? 'proctor.take-back' : 'proctor.seat-here', needs: { note: true } },
    action: ({ note }) => explained(note, { kind: 'seat-here', ticket, note }),
  };
  const sendOn: OfferedAction = {
    ...{ name: 'send-on', label: 'proctor.move', needs: { note: true, station: true } },
    action: ({ note, to }) => (to ? explained(note, { kind: 'send-on', ticket, to, note }) : undefined),
  };
  return moved ? [sendOn, seatHere] : [seatHere];
}

/** Reasons to touch, where there is no keyboard. */
export const USUAL_NOTES: Readonly<Record<string, readonly MessageKey[]>> = {
  override: ['proctor.note.card', 'proctor.note.known'],
  extend: ['proctor.note.slow', 'proctor.note.disturbed'],
  'hand-in': ['proctor.note.cannot'],
  'close-kiosk': ['proctor.note.over', 'proctor.note.broken'],
  terminate: ['proctor.note.rules', 'proctor.note.own-wish', 'proctor.note.cannot'],
  pause: ['proctor.note.toilet', 'proctor.note.disturbed'],
  move: ['proctor.note.broken', 'proctor.note.disturbed'],
  'send-on': ['proctor.note.broken', 'proctor.note.disturbed'],
  'seat-here': ['proctor.note.broken', 'proctor.note.disturbed'],
  dismissed: ['proctor.note.seen', 'proctor.note.somebody-passed'],
  confirmed: ['proctor.note.happened'],
};
