import { useState } from 'react';
import { type BankUpload, bankUploadEndpoints } from '../../contract/platform/bank-uploads.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceField, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { go } from './route.ts';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';
import { useExamChoices } from './workers-page.tsx';

type Props = { readonly firm: Firm; readonly upload: BankUpload; readonly onOther: () => void };

/** A large bank is many megabytes. */
const PATIENCE_MS = 300_000;

/** Its questions become a bank, for an exam that is there or a new one. */
export function TakeBank({ firm, upload, onOther }: Props) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const exams = useExamChoices(firm);
  const [title, setTitle] = useState(upload.file.replace(/\.[^.]+$/, '').slice(0, 100));
  const [exam, setExam] = useState('');
  const { items, rows } = upload;
  const take = async () => {
    const done = await run(async () => {
      const examId = ExamId.safeParse(exam).data;
      const body = { title: title.trim(), items, ...(examId ? { examId } : {}) };
      await ask(bankUploadEndpoints.take, { params: { firm: firm.id, id: upload.id }, body }, PATIENCE_MS);
      go(firm.address('banks'));
    });
    if (!done) onOther();
  };
  if (items === 0) return <p className="empty">{t('uploads.no-items')}</p>;
  const left = rows?.rejected ?? 0;
  return (
    <section className="part" aria-labelledby="take">
      <h3 id="take">{t('uploads.take')}</h3>
      <div className="fields">
        <TextField name="bank-title" label={t('banks.name')} value={title} onChange={setTitle} required />
        <ChoiceField
          name="bank-exam"
          label={t('banks.exam')}
          value={exam}
          onChange={setExam}
          choices={[{ value: '', label: t('banks.new-exam') }, ...exams]}
        />
      </div>
      {left > 0 && <p className="muted">{t('uploads.left', { rows: left })}</p>}
      <Problem {...problem} />
      <div>
        <Button look="primary" action="take-bank" disabled={busy || title.trim() === ''} onPress={take}>
          {t('banks.apply', { count: items })}
        </Button>
      </div>
    </section>
  );
}
