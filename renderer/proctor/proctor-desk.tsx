import { useState } from 'react';
import type { DeskAbout, OpenedDesk } from '../../contract/page/proctor-desk.ts';
import type { ExamSummary } from '../../contract/page/view.ts';
import type { Reason } from '../../contract/words/reasons.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { useActNames } from './act-names.ts';
import { PinStep } from './pin-step.tsx';
import { OFFERED_ACTIONS, type OfferedAction } from './proctor-actions.ts';
import { ProctorSheet } from './proctor-sheet.tsx';

type ActionName = keyof typeof OFFERED_ACTIONS;
export type DeskProps = {
  readonly about?: DeskAbout;
  /** The first is the one that is usually wanted; none where there is only something to read and to judge. */
  readonly actions: readonly (ActionName | OfferedAction)[];
  readonly twoProctors?: readonly string[] | undefined;
  /** How many incidents a proctor has not judged: a sign for staff, and nobody else's business. */
  readonly unjudged?: number;
};

/** What may be done during an exam; only what counts is carried to another station. */
export const actionsIn = (first: 'pause' | 'resume', { mode }: Pick<ExamSummary, 'mode'>): readonly ActionName[] => [
  first,
  'extend',
  'hand-in',
  'terminate',
  ...(mode === 'formal' ? (['move'] as const) : []),
];

/** The way in for proctors: who they are, then one sheet with all that they see and do. */
export function ProctorDesk({ about = 'seat', actions, twoProctors = [], unjudged = 0 }: DeskProps) {
  const { t } = usePage();
  const [asking, setAsking] = useState(false);
  const [again, setAgain] = useState<Reason>();
  const [desk, setDesk] = useState<OpenedDesk>();
  const names = useActNames();
  const ask = (why?: Reason) => {
    setAgain(why);
    setAsking(true);
  };
  const opened = (next: OpenedDesk) => {
    setAsking(false);
    setDesk(next);
  };
  return (
    <>
      {unjudged > 0 && (
        <Button
          look="quiet"
          icon="flag"
          label={t('desk.unjudged', { count: unjudged })}
          onPress={() => ask()}
          action="incidents"
          marks={{ 'data-incidents': unjudged }}
        >
          {unjudged}
        </Button>
      )}
      <Button look="staff" onPress={() => ask()} action="proctor">
        {t('proctor.button')}
      </Button>
      {asking && <PinStep about={about} again={again} onOpened={opened} onClose={() => setAsking(false)} />}
      {desk && (
        <ProctorSheet
          key={desk.desk}
          desk={desk}
          about={about}
          actions={actions.map((one) => (typeof one === 'string' ? OFFERED_ACTIONS[one] : one))}
          twoProctors={twoProctors}
          names={names}
          onClose={() => setDesk(undefined)}
          onLost={() => {
            setDesk(undefined);
            ask('desk-closed');
          }}
        />
      )}
    </>
  );
}
