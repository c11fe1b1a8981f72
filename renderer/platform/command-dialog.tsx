import { useEffect, useState } from 'react';
import type { Answered } from '../../contract/platform/endpoint.ts';
import type { Board } from '../../contract/platform/planning.ts';
import { proctoringEndpoints } from '../../contract/platform/proctoring.ts';
import type { CommandId, OrganisationId } from '../../contract/words/ids.ts';
import { type CommandOutcome, RemoteAction } from '../../contract/words/proctoring.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { NumberField } from './number-field.tsx';
import { Problem } from './problem.tsx';
import { ProctorFields } from './proctor-fields.tsx';
import { useDeed } from './use-deed.ts';

const KINDS = ['unlock', 'pause', 'resume', 'extend', 'hand-in', 'terminate'] as const;
const NEEDS_WHY: readonly string[] = ['extend', 'hand-in', 'terminate'];

type CommandProps = {
  readonly firm: OrganisationId;
  readonly turn: Board['turns'][number]['turn'];
  readonly row: Board['turns'][number]['rows'][number];
  readonly onClose: () => void;
};

/** What a proctor who is elsewhere tells the station where somebody sits, and what it answers. */
export function CommandDialog({ firm, turn, row, onClose }: CommandProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [kind, setKind] = useState<string>('pause');
  const [minutes, setMinutes] = useState<number | undefined>(10);
  const [note, setNote] = useState('');
  const [by, setBy] = useState({ proctor: '', pin: '' });
  const [second, setSecond] = useState({ proctor: '', pin: '' });
  const [given, setGiven] = useState<Answered<typeof proctoringEndpoints.command>['commands']>();
  const tell = () =>
    run(async () => {
      const action = RemoteAction.safeParse({ kind, minutes, ...(note.trim() ? { note: note.trim() } : {}) });
      if (!action.success) throw new Refusal('bad-message');
      const body = {
        ...{ examId: turn.exam.id, candidateId: row.candidateId, action: action.data, pin: by.pin },
        // Of the others none has them; where it is not known, each is told.
        ...(row.stationId ? { stationId: row.stationId } : {}),
        ...(by.proctor.trim() ? { proctor: by.proctor.trim() } : {}),
        ...(second.pin ? { secondPin: second.pin } : {}),
        ...(second.proctor.trim() ? { secondProctor: second.proctor.trim() } : {}),
      };
      setGiven((await ask(proctoringEndpoints.command, { params: { firm }, body })).commands);
    });
  return (
    <Dialog title={`${row.name} …${row.ending}`} place="wide" onClose={onClose}>
      {given ? (
        <ul className="rows boxed">
          {given.map(({ id, station }) => (
            <Told key={id} {...{ firm, id, station }} />
          ))}
        </ul>
      ) : (
        <Form onSend={tell}>
          <div className="fields">
            <ChoiceField
              name="command"
              label={t('command.what')}
              value={kind}
              onChange={setKind}
              choices={KINDS.map((one) => ({ value: one, label: t(`command.${one}`) }))}
            />
            {kind === 'extend' && (
              <NumberField name="minutes" label={t('command.minutes')} value={minutes} onChange={setMinutes} />
            )}
            <TextField
              name="note"
              label={t('command.note')}
              value={note}
              onChange={setNote}
              required={NEEDS_WHY.includes(kind)}
            />
            <ProctorFields by={by} onChange={setBy} />
            {kind === 'terminate' && <ProctorFields second by={second} onChange={setSecond} />}
          </div>
          <Problem {...problem} />
          <div className="sheet-deeds">
            <Button action="cancel" onPress={onClose}>
              {t('app.cancel')}
            </Button>
            <Button look={kind === 'terminate' ? 'danger' : 'primary'} submits action="tell" disabled={busy}>
              {t('command.tell')}
            </Button>
          </div>
        </Form>
      )}
      {given && (
        <div className="sheet-deeds">
          <Button look="primary" action="done" onPress={onClose}>
            {t('app.back')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}

/** As often as stations look, nearly. */
const AGAIN_MS = 3_000;
/** As long as a station may obey it. */
const PATIENCE_MS = 120_000;

type ToldProps = { readonly firm: OrganisationId; readonly id: CommandId; readonly station: string };

/** What became of it, as it comes. */
function Told({ firm, id, station }: ToldProps) {
  const { t, ask, explain } = usePlatform();
  const [outcome, setOutcome] = useState<CommandOutcome | 'unheard'>();
  useEffect(() => {
    if (outcome) return undefined;
    const since = Date.now();
    const timer = setInterval(() => {
      if (Date.now() - since > PATIENCE_MS) return setOutcome('unheard');
      ask(proctoringEndpoints.outcome, { params: { firm, id } }).then(
        (state) => state.outcome && setOutcome(state.outcome),
        () => undefined,
      );
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [ask, firm, id, outcome]);
  const said = () => {
    if (!outcome) return t('command.waits');
    if (outcome === 'unheard') return t('command.unheard');
    return outcome === 'done' ? t('command.done') : explain(outcome);
  };
  return (
    <li role="status" data-outcome={outcome ?? 'waits'}>
      <strong>{station}</strong>
      <span className={`badge ${outcome === 'done' ? 'good' : 'warn'}`}>{said()}</span>
    </li>
  );
}
