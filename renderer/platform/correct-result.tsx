import { useState } from 'react';
import { appealEndpoints } from '../../contract/platform/appeals.ts';
import { CORRECTION_CAUSES, type OneResult, resultEndpoints } from '../../contract/platform/results.ts';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';
import { ChoiceField, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { addressFor, go } from './route.ts';
import { useDeed } from './use-deed.ts';

/** Facts beside the record, the newest last: each as the center signed it. */
export function CorrectionsPart({ corrections }: Pick<OneResult, 'corrections'>) {
  const { t, locale } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  if (corrections.length === 0) return null;
  return (
    <section className="part" aria-labelledby="corrections">
      <h2 id="corrections">{t('correct.done')}</h2>
      <ul className="rows">
        {corrections.map(({ marks, passed, cause, at, by, note, jws, entryIndex }) => (
          <li key={entryIndex}>
            <span>
              <strong>{t('correct.says', { marks })}</strong> {t(passed ? 'results.passed' : 'results.failed')} ·{' '}
              {t(`cause-of.${cause}`)} · {by} · {when.format(new Date(at))} · {note}
            </span>
            <a download={`correction-${entryIndex}.jws`} href={`data:application/jose,${jws}`}>
              {t('correct.file', { index: entryIndex })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

type CorrectProps = { readonly result: OneResult; readonly onCorrected: () => void };

/** An inspector says how a result counts from now on. */
export function CorrectResult({ result: { logIndex, marks: said, corrected, fullMarks }, onCorrected }: CorrectProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [marks, setMarks] = useState(String(corrected ?? said));
  const [cause, setCause] = useState<string>('marking');
  const [note, setNote] = useState('');
  const correct = () =>
    run(async () => {
      const known = CORRECTION_CAUSES.find((one) => one === cause) ?? 'other';
      const body = { marks: Number(marks), cause: known, note: note.trim() };
      await ask(resultEndpoints.correct, { params: { logIndex }, body });
      setNote('');
      onCorrected();
    });
  return (
    <details>
      <summary>{t('correct.title')}</summary>
      <section className="part" aria-label={t('correct.title')}>
        <p className="muted">{t('correct.means')}</p>
        <TextField
          {...{ type: 'number', min: 0, name: 'marks', value: marks, onChange: setMarks }}
          label={t('correct.marks')}
          hint={t('correct.most', { full: fullMarks })}
        />
        <ChoiceField
          {...{ name: 'cause', value: cause, onChange: setCause, label: t('correct.cause') }}
          choices={CORRECTION_CAUSES.map((one) => ({ value: one, label: t(`cause-of.${one}`) }))}
        />
        <TextField name="why" label={t('settle.note')} hint={t('settle.hint')} value={note} onChange={setNote} />
        <Problem {...problem} />
        <div className="deeds">
          <Button action="correct" disabled={busy || marks === '' || note.trim().length < 2} onPress={correct}>
            {t('correct.go')}
          </Button>
        </div>
      </section>
    </details>
  );
}

/** A firm says that a result of its own is wrong. */
export function AppealResult({ logIndex }: Pick<OneResult, 'logIndex'>) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [reason, setReason] = useState('');
  const appeal = () =>
    run(async () => {
      await ask(appealEndpoints.make, { params: { logIndex }, body: { reason: reason.trim() } });
      go(addressFor('appeals'));
    });
  return (
    <details>
      <summary>{t('appeals.make')}</summary>
      <section className="part" aria-label={t('appeals.make')}>
        <TextField name="reason" label={t('appeals.reason')} value={reason} onChange={setReason} />
        <Problem {...problem} />
        <div className="deeds">
          <Button action="appeal" disabled={busy || reason.trim().length < 5} onPress={appeal}>
            {t('appeals.send')}
          </Button>
        </div>
      </section>
    </details>
  );
}
