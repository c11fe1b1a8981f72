import { useState } from 'react';
import { workerEndpoints } from '../../contract/platform/workers.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { usePlatform } from './context.tsx';
import { type Choice, ChoiceField, Form, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { WorkerProps } from './worker-props.ts';

const DEEDS = ['change', 'arrange', 'number', 'leave'] as const;
type Deed = (typeof DEEDS)[number];
type DeedProps = WorkerProps & { readonly exams: readonly Choice[] };

/** What can be done about somebody, each in a dialog of its own. */
export function WorkerDeeds(props: DeedProps) {
  const { t } = usePlatform();
  const [open, setOpen] = useState<Deed>();
  return (
    <div className="deeds">
      {DEEDS.map((deed) => (
        <Button key={deed} small action={`worker-${deed}`} onPress={() => setOpen(deed)}>
          {t(`worker.${deed}`)}
        </Button>
      ))}
      {open && (
        <Dialog title={`${t(`worker.${open}`)} · ${props.worker.name}`} onClose={() => setOpen(undefined)}>
          <Asked {...props} deed={open} onClose={() => setOpen(undefined)} />
        </Dialog>
      )}
    </div>
  );
}

type Typed = Readonly<
  Record<'name' | 'post' | 'exam' | 'minutes' | 'print' | 'to' | 'reason' | 'photos' | 'on' | 'firm', string>
>;

function Asked({
  deed,
  firm,
  worker,
  exams,
  onChanged,
  onClose,
}: DeedProps & { readonly deed: Deed; readonly onClose: () => void }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [typed, setTyped] = useState<Typed>({
    ...{
      name: worker.name,
      post: worker.post ?? '',
      exam: worker.examId,
      to: '',
      reason: '',
      photos: 'same',
      firm: '',
    },
    ...{ minutes: String(worker.arrangements.extraMinutes ?? ''), print: worker.arrangements.print ?? '' },
    on: new Date().toLocaleDateString('sv'),
  });
  const field = (name: keyof Typed) => ({
    ...{ name, value: typed[name], onChange: (value: string) => setTyped({ ...typed, [name]: value }) },
  });
  const params = { firm: firm.id, id: worker.id };
  const { arrangements } = worker;
  const send: Readonly<Record<Deed, () => Promise<unknown>>> = {
    change: () => {
      const post = typed.post.trim();
      const body = { name: typed.name.trim(), examId: ExamId.parse(typed.exam), ...(post ? { post } : {}) };
      return ask(workerEndpoints.change, { params, body });
    },
    arrange: () => {
      const { extraMinutes: _minutes, print: _print, ...others } = arrangements;
      const body = {
        ...(Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)) as object),
        ...(typed.minutes ? { extraMinutes: Number(typed.minutes) } : {}),
        ...(typed.print ? { print: typed.print as 'large' | 'largest' } : {}),
      };
      return ask(workerEndpoints.arrange, { params, body });
    },
    number: () => {
      const photos = typed.photos === 'same' ? ('same' as const) : [];
      const body = { to: typed.to.trim(), reason: typed.reason.trim(), photos };
      return ask(workerEndpoints.correctNumber, { params, body });
    },
    leave: () => {
      const to = typed.firm.trim();
      const body = { on: typed.on, reason: typed.reason.trim(), ...(to ? { to } : {}) };
      return ask(workerEndpoints.leave, { params, body });
    },
  };
  const done = async () => {
    if (!(await run(send[deed]))) return;
    onClose();
    onChanged();
  };
  return (
    <Form onSend={done}>
      {deed === 'change' && (
        <>
          <TextField {...field('name')} label={t('workers.name')} required />
          <ChoiceField {...field('exam')} label={t('workers.exam')} choices={exams} required />
          <TextField {...field('post')} label={t('workers.post')} />
        </>
      )}
      {deed === 'arrange' && (
        <>
          <TextField {...field('minutes')} type="number" min={0} label={t('worker.minutes')} />
          <ChoiceField
            {...field('print')}
            label={t('worker.print')}
            choices={[
              { value: '', label: t('worker.print-usual') },
              { value: 'large', label: t('worker.print-large') },
              { value: 'largest', label: t('worker.print-largest') },
            ]}
          />
        </>
      )}
      {deed === 'number' && (
        <>
          <TextField {...field('to')} label={t('worker.number-to')} hint={t('workers.number-hint')} required />
          <TextField {...field('reason')} label={t('worker.reason')} required />
          <ChoiceField
            {...field('photos')}
            label={t('worker.photos')}
            choices={[
              { value: 'same', label: t('worker.photos-same') },
              { value: 'none', label: t('worker.photos-none') },
            ]}
          />
        </>
      )}
      {deed === 'leave' && (
        <>
          <p>{t('worker.leave-means')}</p>
          <TextField {...field('on')} type="date" label={t('worker.on')} required />
          <TextField {...field('reason')} label={t('worker.reason')} required />
          <TextField {...field('firm')} label={t('worker.to-firm')} />
        </>
      )}
      <Problem {...problem} />
      <div className="sheet-deeds">
        <Button action="cancel" onPress={onClose}>
          {t('app.cancel')}
        </Button>
        <Button look={deed === 'leave' ? 'danger' : 'primary'} submits action="send-deed" disabled={busy}>
          {t(`worker.${deed}`)}
        </Button>
      </div>
    </Form>
  );
}
