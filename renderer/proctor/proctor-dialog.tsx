import { type FormEvent, useState } from 'react';
import type { Scores } from '../../contract/page/view.ts';
import type { IncidentId } from '../../contract/words/ids.ts';
import { usePage } from '../context.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { Notice } from '../design/notice.tsx';
import { useCall } from '../design/use-call.ts';
import { isPin, NO_PINS, PinEntry } from './pin-entry.tsx';
import { ActionFields, MINUTES } from './proctor-action-fields.tsx';
import type { Filled, OfferedAction } from './proctor-actions.ts';
import { Registered } from './registered.tsx';
import { ScoresTable } from './scores.tsx';
import { useActId } from './use-act-id.ts';

type ProctorDialogProps = {
  /** The first is the one that is usually wanted. */
  readonly actions: readonly [OfferedAction, ...OfferedAction[]];
  /** What takes two proctors here. */
  readonly twoProctors: readonly string[];
  /** Whether the machine measured anything that the proctor may want to see. */
  readonly scores: boolean;
  /** An incident of which a picture is kept. */
  readonly pictured?: IncidentId | undefined;
  readonly onClose: () => void;
};

const NOTHING: Filled = { note: '', minutes: MINUTES[0], compared: [], to: undefined };

/** What a proctor does: what, why, and the PIN that says who it is. */
export function ProctorDialog({ actions, twoProctors, scores, pictured, onClose }: ProctorDialogProps) {
  const { t, station } = usePage();
  const [offered, setOffered] = useState(actions[0]);
  const [pins, setPins] = useState(NO_PINS);
  const [filled, setFilled] = useState(NOTHING);
  const { busy, refused, run } = useCall();
  const two = twoProctors.includes(offered.name);
  const action = offered.action(filled);
  const act = useActId(action);
  const pinReady = !busy && isPin(pins.pin);
  const ready = action && pinReady && (!two || isPin(pins.second));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const second = two ? { second: pins.second } : {};
    if (await run(() => station.call('proctor.act', { pin: pins.pin, ...second, action, act }))) onClose();
    else setPins(NO_PINS);
  };
  const choose = (next: OfferedAction) => {
    setOffered(next);
    setFilled({ ...filled, note: '' });
  };
  return (
    <Dialog title={t('proctor.title')} place="wide" onClose={onClose}>
      <form onSubmit={submit} className="proctor-form">
        <div className="proctor-main">
          <Registered />
          {actions.length > 1 && <ActionChoice actions={actions} chosen={offered} onChoose={choose} />}
          <ActionFields offered={offered} filled={filled} onFill={setFilled} />
          <Look
            pin={pinReady ? pins.pin : undefined}
            scores={scores}
            pictured={pictured}
            onUsed={() => setPins(NO_PINS)}
          />
        </div>
        <PinEntry pins={pins} two={two} onPins={setPins} />
        <div className="sheet-deeds">
          <Notice reason={refused} />
          <Button look="primary" submits disabled={!ready} action={offered.name}>
            {busy ? t('proctor.busy') : t(offered.label)}
          </Button>
          <Button look="quiet" onPress={onClose}>
            {t('common.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

type ActionChoiceProps = {
  readonly actions: readonly OfferedAction[];
  readonly chosen: OfferedAction;
  readonly onChoose: (offered: OfferedAction) => void;
};

function ActionChoice({ actions, chosen, onChoose }: ActionChoiceProps) {
  const { t } = usePage();
  return (
    <fieldset className="tiles actions">
      <legend>{t('proctor.what')}</legend>
      {actions.map((offered) => (
        <label key={offered.name} className="tile">
          <input
            type="radio"
            name="offered"
            checked={offered.name === chosen.name}
            onChange={() => onChoose(offered)}
            value={offered.name}
          />
          {t(offered.label)}
        </label>
      ))}
    </fieldset>
  );
}

type LookProps = Pick<ProctorDialogProps, 'scores' | 'pictured'> & {
  /** Nothing until there is one. */
  readonly pin: string | undefined;
  /** A badge opens one thing; the next takes it again. */
  readonly onUsed: () => void;
};

/** What a proctor may want to see before deciding: how near the face came, what an incident looked like. */
function Look({ pin = '', scores, pictured, onUsed }: LookProps) {
  const { t, station } = usePage();
  const [measured, setMeasured] = useState<Scores>();
  const [picture, setPicture] = useState<string>();
  const { busy, refused, run } = useCall();
  const see = async (call: () => Promise<unknown>) => {
    // A PIN that was right stays for what is decided next; what a badge gave is spent.
    if (!(await run(call)) || !/^\d+$/.test(pin)) onUsed();
  };
  return (
    <>
      {picture && <img className="evidence" src={`data:image/jpeg;base64,${picture}`} alt={t('incidents.picture')} />}
      {measured && <ScoresTable scores={measured} />}
      <Notice reason={refused} />
      <div className="row">
        {scores && !measured && (
          <Button
            small
            disabled={busy || pin === ''}
            onPress={() => see(async () => setMeasured(await station.call('proctor.scores', { pin })))}
            action="scores"
          >
            {t('proctor.scores')}
          </Button>
        )}
        {pictured && !picture && (
          <Button
            small
            disabled={busy || pin === ''}
            onPress={() =>
              see(async () => setPicture((await station.call('proctor.picture', { pin, incidentId: pictured })).base64))
            }
            action="picture"
          >
            {t('incidents.picture')}
          </Button>
        )}
      </div>
    </>
  );
}
