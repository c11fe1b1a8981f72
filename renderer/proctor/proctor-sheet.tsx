import { useState } from 'react';
import { DESK_LIMITS, type DeskAbout, type OpenedDesk } from '../../contract/page/proctor-desk.ts';
import type { StationView } from '../../contract/page/view.ts';
import type { ProctorAction } from '../../contract/words/proctoring.ts';
import { useLink, usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import type { ActNames } from './act-names.ts';
import { Decisions } from './decision-list.tsx';
import { DeedList } from './deed-list.tsx';
import { DeedStep } from './deed-step.tsx';
import { Incidents } from './incidents.tsx';
import { Person } from './person.tsx';
import { needsNothing, type OfferedAction } from './proctor-actions.ts';
import { isClosed, useAutoClose, useDossier } from './use-open-desk.ts';

type SheetProps = {
  readonly desk: OpenedDesk;
  readonly about: DeskAbout;
  readonly actions: readonly OfferedAction[];
  readonly twoProctors: readonly string[];
  readonly names: ActNames;
  readonly onClose: () => void;
  /** The station has closed the desk. */
  readonly onLost: () => void;
};

/** After these nobody is there any more, or somebody goes on who was kept waiting. */
const GO_ON: readonly ProctorAction['kind'][] = [
  ...(['unlock', 'resume', 'hand-in', 'terminate', 'move', 'send-away'] as const),
  ...(['seat-here', 'send-on', 'close-kiosk'] as const),
];

/** All that a proctor sees and does at a station, on one sheet. */
export function ProctorSheet({
  desk: { desk, name },
  about,
  actions,
  twoProctors,
  names,
  onClose,
  onLost,
}: SheetProps) {
  const { t, station } = usePage();
  const view = useView();
  const screen = view?.current.stage ?? '';
  const { dossier, photos, seen } = useDossier(desk, screen);
  const secondsLeft = useAutoClose(desk, onClose, onLost);
  const [step, setStep] = useState<{ readonly deed: OfferedAction; readonly screen: string }>();
  const { busy, refused, run } = useCall();
  // What was begun on one screen is not for the next.
  const open = step?.screen === screen ? step.deed : undefined;

  const perform = (action: ProctorAction, second?: string): Promise<boolean> =>
    run(async () => {
      const asked = { desk, action, act: names.of(action), ...(second ? { second } : {}) };
      try {
        await station.call('proctor.act', asked);
      } catch (error) {
        if (isClosed(error)) onLost();
        throw error;
      }
      names.done();
      setStep(undefined);
      if (GO_ON.includes(action.kind)) onClose();
    });
  const choose = async (deed: OfferedAction) => {
    const action = deed.action({ note: '', minutes: 0, compared: [], to: undefined });
    // What goes without a word is done at once; where the station wants to know why, it is asked for.
    if (needsNothing(deed) && action && (await perform(action))) return;
    setStep({ deed, screen });
  };
  return (
    <Dialog title={t('desk.title', { name })} place="side" onClose={onClose}>
      <Closing seconds={secondsLeft} onClose={onClose} />
      <div className="desk" data-desk={about}>
        {view && dossier?.person && <Person dossier={dossier} photos={photos} seen={seen} view={view} />}
        {/* What is done stands below who it is done to: it does not come first, and then move. */}
        {!dossier ? null : open ? (
          <DeedStep
            key={open.name}
            deed={open}
            two={twoProctors.includes(open.name)}
            busy={busy}
            refused={refused}
            onPerform={perform}
            onBack={() => setStep(undefined)}
          />
        ) : (
          <>
            <Notice reason={refused} />
            <DeedList actions={actions} busy={busy} onChoose={choose} />
            {view && about === 'seat' && (
              <>
                <Incidents desk={desk} incidents={view.incidents} busy={busy} refused={refused} onPerform={perform} />
                <Decisions decisions={view.decisions} />
              </>
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}

function useView(): StationView | undefined {
  const link = useLink(usePage().station);
  return link.state === 'open' ? link.view : undefined;
}

/** How long it stays open by itself, and the way out. */
function Closing({ seconds, onClose }: { readonly seconds: number; readonly onClose: () => void }) {
  const { t } = usePage();
  const share = (seconds * 1000) / DESK_LIMITS.unusedMs;
  return (
    <div className="desk-bar">
      <span
        className="closing"
        role="timer"
        aria-label={t('desk.closes', { seconds })}
        title={t('desk.closes', { seconds })}
      >
        <svg viewBox="0 0 40 40" aria-hidden="true">
          <circle cx="20" cy="20" r="17" className="ring" />
          <circle
            cx="20"
            cy="20"
            r="17"
            className="ring-left"
            pathLength={100}
            strokeDasharray={`${share * 100} 100`}
          />
        </svg>
        <span aria-hidden="true">{seconds}</span>
      </span>
      <Button look="secondary" small icon="cross" onPress={onClose} action="close-desk">
        {t('desk.close')}
      </Button>
    </div>
  );
}
