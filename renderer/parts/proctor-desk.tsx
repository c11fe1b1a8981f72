import { useState } from 'react';
import { usePage } from '../context.ts';
import { DEEDS } from './proctor-deeds.ts';
import { ProctorDialog } from './proctor-dialog.tsx';

type DeskProps = {
  readonly actions: readonly (keyof typeof DEEDS)[];
  readonly twoProctors?: readonly string[] | undefined;
  /** Whether the machine measured anything that the proctor may want to see. */
  readonly scores?: boolean;
  readonly prominent?: boolean;
};

/** A button that opens the proctor's actions, each authorised by the PIN. */
export function ProctorDesk({ actions, twoProctors = [], scores = false, prominent = false }: DeskProps) {
  const { t } = usePage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={prominent ? 'primary' : 'quiet'}
        onClick={() => setOpen(true)}
        data-action="proctor"
      >
        {t('proctor.button')}
      </button>
      {open && (
        <ProctorDialog
          deeds={actions.map((name) => DEEDS[name])}
          twoProctors={twoProctors}
          scores={scores}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}
