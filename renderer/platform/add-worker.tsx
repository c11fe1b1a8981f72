import { useState } from 'react';
import { workerEndpoints } from '../../contract/platform/workers.ts';
import { type CandidateId, ExamId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { usePlatform } from './context.tsx';
import { type Choice, ChoiceField, Form, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

type AddProps = {
  readonly firm: Firm;
  readonly exams: readonly Choice[];
  readonly onClose: () => void;
  readonly onAdded: (id: CandidateId) => void;
};

/** One person; what they look like comes on their own page. */
export function AddWorker({ firm, exams, onClose, onAdded }: AddProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
  const [post, setPost] = useState('');
  const [exam, setExam] = useState(exams[0]?.value ?? '');
  const send = () =>
    run(async () => {
      const body = { name: name.trim(), number: number.trim(), examId: ExamId.parse(exam) };
      const added = await ask(workerEndpoints.add, {
        params: { firm: firm.id },
        body: { ...body, ...(post.trim() ? { post: post.trim() } : {}) },
      });
      onAdded(added.id);
    });
  return (
    <Dialog title={t('workers.add')} onClose={onClose}>
      {exams.length === 0 ? (
        <p>
          {t('workers.no-exam')} <a href={firm.address('banks')}>{t('banks.title')}</a>
        </p>
      ) : (
        <Form onSend={send}>
          <TextField name="name" label={t('workers.name')} value={name} onChange={setName} required />
          <TextField
            name="number"
            label={t('workers.number')}
            value={number}
            onChange={setNumber}
            hint={t('workers.number-hint')}
            required
          />
          <ChoiceField name="exam" label={t('workers.exam')} value={exam} onChange={setExam} choices={exams} required />
          <TextField name="post" label={t('workers.post')} value={post} onChange={setPost} />
          <Problem {...problem} />
          <div className="sheet-deeds">
            <Button action="cancel" onPress={onClose}>
              {t('app.cancel')}
            </Button>
            <Button look="primary" submits action="send-worker" disabled={busy}>
              {t('workers.add')}
            </Button>
          </div>
        </Form>
      )}
    </Dialog>
  );
}
