import { useState } from 'react';
import type { ExamSummary } from '../../contract/page/view.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { OFFERED_ACTIONS, type OfferedAction } from './proctor-actions.ts';
import { ProctorDialog } from './proctor-dialog.tsx';

type ActionName = keyof typeof OFFERED_ACTIONS;
type Actions = readonly [ActionName, ...ActionName[]];
export type DeskProps = {
  /** The first is the one that is usually wanted. */
  readonly actions: Actions | readonly [OfferedAction, ...OfferedAction[]];
  readonly twoProctors?: readonly string[] | undefined;
  /** Whether the machine measured anything that the proctor may want to see. */
  readonly scores?: boolean;
};

/** What may be done during an exam; only what counts is carried to another station. */
export const actionsIn = (first: 'pause' | 'resume', { mode }: Pick<ExamSummary, 'mode'>): Actions => [
  first,
  'extend',
  'hand-in',
  'terminate',
  ...(mode === 'formal' ? (['move'] as const) : []),
];

/** A button that opens the proctor's actions, each authorised by PIN or badge. */
export function ProctorDesk({ actions, twoProctors = [], scores = false }: DeskProps) {
  const { t } = usePage();
  const [open, setOpen] = useState(false);
  const [first, ...others] = actions.map((one) => (typeof one === 'string' ? OFFERED_ACTIONS[one] : one));
  return (
    <>
      <Button look="staff" onPress={() => setOpen(true)} action="proctor">
        {t('proctor.button')}
      </Button>
      {open && first && (
        <ProctorDialog
          actions={[first, ...others]}
          twoProctors={twoProctors}
          scores={scores}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
