import type { MessageKey } from '../../contract/messages/index.ts';
import type { ProctorAction } from '../../contract/proctoring.ts';
import type { ComparedField } from '../../contract/records.ts';

/** What a dialog has when a button in it is touched. */
export type Filled = {
  readonly note: string;
  readonly minutes: number;
  readonly compared: readonly ComparedField[];
};

/** Something a proctor may do here, as a button. */
export type Deed = {
  readonly name: string;
  readonly label: MessageKey;
  /** Whether it must be said why. */
  readonly needsNote: boolean;
  readonly needsMinutes?: boolean;
  /** Whether two things of the document must have been compared. */
  readonly needsCompared?: boolean;
  readonly action: (filled: Filled) => ProctorAction;
};

type Plain = 'unlock' | 'resume' | 'pause' | 'send-away' | 'override' | 'hand-in' | 'terminate';

const why = (note: string) => (note.trim() === '' ? {} : { note });
const mayExplain = (kind: 'unlock' | 'resume' | 'pause' | 'send-away'): Deed => ({
  ...{ name: kind, label: `proctor.${kind}`, needsNote: false },
  action: ({ note }) => ({ kind, ...why(note) }),
});
const mustExplain = (kind: 'hand-in' | 'terminate'): Deed => ({
  ...{ name: kind, label: `proctor.${kind}`, needsNote: true },
  action: ({ note }) => ({ kind, note }),
});

export const DEEDS: Readonly<Record<Plain | 'extend', Deed>> = {
  unlock: mayExplain('unlock'),
  resume: mayExplain('resume'),
  pause: mayExplain('pause'),
  'send-away': mayExplain('send-away'),
  override: {
    ...{ name: 'override', label: 'proctor.override', needsNote: true, needsCompared: true },
    action: ({ note, compared }) => ({ kind: 'override', note, compared: [...compared] }),
  },
  'hand-in': mustExplain('hand-in'),
  terminate: mustExplain('terminate'),
  extend: {
    ...{ name: 'extend', label: 'proctor.extend', needsNote: true, needsMinutes: true },
    action: ({ note, minutes }) => ({ kind: 'extend', minutes, note }),
  },
};

/** What a proctor may make of one incident. */
export const verdictsOn = (incidentId: Extract<ProctorAction, { kind: 'review' }>['incidentId']): readonly Deed[] =>
  (['dismissed', 'confirmed'] as const).map((verdict) => ({
    ...{ name: verdict, label: `incidents.${verdict}`, needsNote: true },
    action: ({ note }) => ({ kind: 'review', incidentId, verdict, note }),
  }));

/** Reasons to touch, where there is no keyboard. */
export const USUAL_NOTES: Readonly<Record<string, readonly MessageKey[]>> = {
  override: ['proctor.note.card', 'proctor.note.known'],
  extend: ['proctor.note.slow', 'proctor.note.disturbed'],
  'hand-in': ['proctor.note.cannot'],
  terminate: ['proctor.note.rules', 'proctor.note.own-wish', 'proctor.note.cannot'],
  pause: ['proctor.note.toilet', 'proctor.note.disturbed'],
  dismissed: ['proctor.note.seen', 'proctor.note.somebody-passed'],
  confirmed: ['proctor.note.happened'],
};
