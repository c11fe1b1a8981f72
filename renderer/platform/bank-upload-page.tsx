import { useCallback, useEffect, useState } from 'react';
import { type BankUpload, bankUploadEndpoints } from '../../contract/platform/bank-uploads.ts';
import { BankUploadId } from '../../contract/words/ids.ts';
import { ReasonCode, Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { BankFileNotes } from './bank-file-notes.tsx';
import { BankRows } from './bank-rows.tsx';
import { usePlatform } from './context.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { go } from './route.ts';
import { TakeBank } from './take-bank.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** A file of questions on its way to be a bank: what became of its rows, to be mended, and to be taken over. */
export function BankUploadPage({ id }: { readonly id: string }) {
  return (
    <OfFirm screen="bank-upload" heading="banks.upload">
      {(firm) => <Upload key={id} firm={firm} id={id} />}
    </OfFirm>
  );
}

const LOOK_MS = 1_000;

function Upload({ firm, id }: { readonly firm: Firm; readonly id: string }) {
  const { t, ask } = usePlatform();
  const load = useCallback(async () => {
    const { data } = BankUploadId.safeParse(id);
    if (!data) throw new Refusal('bank-upload-unknown');
    return ask(bankUploadEndpoints.read, { params: { firm: firm.id, id: data } });
  }, [ask, firm.id, id]);
  const { value: upload, refused, again } = useLoaded(load);
  const reading = upload?.state === 'reading';
  useEffect(() => {
    if (!reading) return undefined;
    const timer = setInterval(again, LOOK_MS);
    return () => clearInterval(timer);
  }, [reading, again]);
  // Rows of another reading are other rows.
  const [round, setRound] = useState(0);
  const readAgain = () => {
    setRound((before) => before + 1);
    again();
  };
  return (
    <>
      <a href={firm.address('banks')}>{t('banks.title')}</a>
      <Problem refused={refused} />
      {!upload && !refused && <p>{t('app.loading')}</p>}
      {upload && !refused && (
        <>
          <h2>{upload.file}</h2>
          {reading && <Progress upload={upload} />}
          {upload.state === 'failed' && <Failed firm={firm} upload={upload} onReadAgain={readAgain} />}
          {upload.state === 'read' && (
            <>
              <InShort upload={upload} />
              <BankFileNotes firm={firm} upload={upload} onReadAgain={readAgain} />
              <BankRows key={round} firm={firm} upload={upload} onChanged={again} />
              <TakeBank firm={firm} upload={upload} onOther={again} />
            </>
          )}
          <Drop firm={firm} upload={upload} />
        </>
      )}
    </>
  );
}

function Progress({ upload }: { readonly upload: BankUpload }) {
  const { t } = usePlatform();
  return (
    <div className="job" data-state="reading">
      <span role="status">{t('uploads.reading')}</span>
      <progress value={upload.progress} max={1} aria-label={t('uploads.reading')} />
    </div>
  );
}

type FailedProps = { readonly upload: BankUpload; readonly firm: Firm; readonly onReadAgain: () => void };

/** Of a file that cannot be read another is chosen; where something else went wrong it is read once more. */
function Failed({ upload, firm, onReadAgain }: FailedProps) {
  const { t, ask, explain } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const reason = ReasonCode.safeParse(upload.reason).data ?? 'internal';
  const read = () =>
    run(async () => {
      const params = { firm: firm.id, id: upload.id };
      await ask(bankUploadEndpoints.again, { params, body: { hidden: upload.hidden } });
      onReadAgain();
    });
  return (
    <div className="part">
      <p role="alert" className="notice warn" data-reason={reason}>
        <span>
          {explain(reason)} {reason !== 'internal' && t('uploads.failed-means')}
        </span>
        <code>{reason}</code>
      </p>
      <Problem {...problem} />
      {reason === 'internal' ? (
        <div>
          <Button action="read-again" disabled={busy} onPress={read}>
            {t('uploads.read-again')}
          </Button>
        </div>
      ) : (
        <a href={firm.address('banks')}>{t('banks.file')}</a>
      )}
    </div>
  );
}

function InShort({ upload: { rows, items, said } }: { readonly upload: BankUpload }) {
  const { t } = usePlatform();
  if (!rows) return null;
  return (
    <>
      <p data-bank-report={items}>
        {t('uploads.in-short', {
          ...{ rows: rows.all, items, refused: rows.rejected, repaired: rows.repaired, duplicates: rows.duplicate },
        })}
      </p>
      {said && said.mendedBefore > 0 && (
        <p className="muted">{t('uploads.mended-before', { rows: said.mendedBefore })}</p>
      )}
      {said && said.withFormulas + said.withTables > 0 && (
        <p className="muted">{t('uploads.with', { formulas: said.withFormulas, tables: said.withTables })}</p>
      )}
    </>
  );
}

function Drop({ firm, upload }: { readonly firm: Firm; readonly upload: BankUpload }) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [sure, setSure] = useState(false);
  const drop = () =>
    run(async () => {
      await ask(bankUploadEndpoints.drop, { params: { firm: firm.id, id: upload.id } });
      go(firm.address('banks'));
    });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return (
    <>
      <p className="muted">{t('uploads.until', { date: day.format(new Date(upload.until)) })}</p>
      <Problem {...problem} />
      <div className="deeds">
        {sure ? (
          <>
            <Button look="danger" action="drop-upload-surely" disabled={busy} onPress={drop}>
              {t('uploads.drop-surely')}
            </Button>
            <Button action="keep-upload" onPress={() => setSure(false)}>
              {t('app.cancel')}
            </Button>
          </>
        ) : (
          <Button look="quiet" action="drop-upload" onPress={() => setSure(true)}>
            {t('uploads.drop')}
          </Button>
        )}
      </div>
    </>
  );
}
