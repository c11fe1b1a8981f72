import { useCallback, useState } from 'react';
import {
  type BankRowProblem,
  type BankUpload,
  type BankUploadRow,
  bankUploadEndpoints,
  type WrittenQuestion,
} from '../../contract/platform/bank-uploads.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { BankRowWrong } from './bank-row-notes.tsx';
import { usePlatform } from './context.tsx';
import { Form } from './fields.tsx';
import { Problem } from './problem.tsx';
import { QuestionFields, sendable } from './question-fields.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

type Props = {
  readonly firm: Firm;
  readonly upload: BankUpload;
  readonly row: BankUploadRow;
  readonly onMended: (row: BankUploadRow) => void;
  readonly onClose: () => void;
};

/** A refused row is written anew; what is wrong with it still is said at once. */
export function MendRow({ firm, upload, row, onMended, onClose }: Props) {
  const { t, ask } = usePlatform();
  const { sheet, row: line, at } = row;
  const load = useCallback(
    () => ask(bankUploadEndpoints.row, { params: { firm: firm.id, id: upload.id, at } }),
    [ask, firm.id, upload.id, at],
  );
  const { value, refused } = useLoaded(load);
  return (
    <Dialog place="wide" title={t('uploads.mend-row', { sheet, row: line })} onClose={onClose}>
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value && (
        <Fields {...{ firm, upload, row, onMended, onClose }} written={value.written} version={value.row.version} />
      )}
    </Dialog>
  );
}

const NOTHING: WrittenQuestion = {
  ...{ kind: null, stem: '', pictures: [], key: '', topic: '', explanation: '' },
  options: ['', '', '', ''].map((text) => ({ text, pictures: [] })),
};

function Fields({
  firm,
  upload,
  row,
  written,
  version,
  onMended,
  onClose,
}: Props & { readonly written: WrittenQuestion | null; readonly version: string }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [typed, setTyped] = useState(written ?? NOTHING);
  const [wrong, setWrong] = useState<BankRowProblem | null>(row.settled ? null : row.problem);
  const send = () =>
    run(async () => {
      const params = { firm: firm.id, id: upload.id, at: row.at };
      const answered = await ask(bankUploadEndpoints.mend, {
        params,
        body: { ...sendable(typed), of: { sheet: row.sheet, row: row.row }, version },
      });
      if (answered.problem) return setWrong(answered.problem);
      onMended(answered.row);
    });
  return (
    <Form onSend={send}>
      <div role="alert" className="notice-slot">
        {wrong && (
          <p className="notice warn">
            <BankRowWrong problem={wrong} />
          </p>
        )}
      </div>
      {!written && <p className="muted">{t('uploads.not-told-apart')}</p>}
      <QuestionFields {...{ firm, upload, typed }} wrong={wrong?.part} onChange={setTyped} />
      <Problem {...problem} />
      <div className="sheet-deeds">
        <Button action="cancel" onPress={onClose}>
          {t('app.cancel')}
        </Button>
        <Button look="primary" submits action="save-row" disabled={busy}>
          {t('uploads.save')}
        </Button>
      </div>
    </Form>
  );
}
