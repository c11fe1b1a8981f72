import { useCallback, useState } from 'react';
import { planningEndpoints, type TurnRoom as Setting, type TurnDetails } from '../../contract/platform/planning.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

type RoomProps = Pick<TurnDetails['turn'], 'room'>;

/** What the stations of a room get: the people of its coming turns, or all. */
export function TurnRoom({ room }: RoomProps) {
  const { ask } = usePlatform();
  const load = useCallback(() => ask(planningEndpoints.room, { params: { id: room.id } }), [ask, room.id]);
  const { value, again } = useLoaded(load);
  return value ? <RoomForm key={JSON.stringify(value)} room={room} setting={value} onSaved={again} /> : null;
}

type FormProps = RoomProps & { readonly setting: Setting; readonly onSaved: () => void };

function RoomForm({ room, setting, onSaved }: FormProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [typed, setTyped] = useState({ byTurns: setting.byTurns ? 'turns' : 'all', days: String(setting.days) });
  const changed = (typed.byTurns === 'turns') !== setting.byTurns || typed.days !== String(setting.days);
  const save = () =>
    run(async () => {
      const body = { byTurns: typed.byTurns === 'turns', days: Number(typed.days) };
      await ask(planningEndpoints.putRoom, { params: { id: room.id }, body });
      onSaved();
    });
  return (
    <section className="part" aria-labelledby="turn-room">
      <h2 id="turn-room">{t('turns.room-gets', { room: room.name })}</h2>
      <Form onSend={save}>
        <div className="fields">
          <ChoiceField
            name="by-turns"
            label={t('turns.gets')}
            value={typed.byTurns}
            onChange={(byTurns) => setTyped({ ...typed, byTurns })}
            choices={(['turns', 'all'] as const).map((value) => ({ value, label: t(`turns.gets-${value}`) }))}
          />
          <TextField
            name="days"
            type="number"
            min={0}
            label={t('turns.days')}
            value={typed.days}
            onChange={(days) => setTyped({ ...typed, days })}
          />
        </div>
        <Problem {...problem} />
        {changed && (
          <div>
            <Button submits action="save-room" disabled={busy}>
              {t('app.save')}
            </Button>
          </div>
        )}
      </Form>
    </section>
  );
}
