import type { BankRowProblem, BankUploadRow } from '../../contract/platform/bank-uploads.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { usePlatform } from './context.tsx';

/** What became of a row, and all that is to be said of it. */
export function BankRowNotes({ row }: { readonly row: BankUploadRow }) {
  const { t, locale } = usePlatform();
  const { outcome, settled, problem, repairs, leftOut, strayPicture, sameAs, elsewhere } = row;
  const [sign, tone] = settled
    ? ([settled, settled === 'mended' ? 'good' : ''] as const)
    : ([outcome, outcome === 'rejected' ? 'bad' : outcome === 'repaired' ? 'warn' : 'good'] as const);
  return (
    <span className="notes" data-outcome={settled ?? outcome}>
      <span className={`badge ${tone}`}>{t(`uploads.show.${sign}`)}</span>
      {problem && !settled && <BankRowWrong problem={problem} />}
      {repairs.map(({ part, from, to }) => (
        <small key={part}>
          {t(`uploads.part.${part}`)}: <del>{from}</del> → <ins>{to}</ins>
        </small>
      ))}
      {leftOut.length > 0 && <small>{t('uploads.left-out', { parts: leftOut.join(t('uploads.comma')) })}</small>}
      {strayPicture && <small>{t('uploads.stray-picture')}</small>}
      {sameAs && <small>{t('uploads.same-as', sameAs)}</small>}
      {elsewhere.map(({ examId, title, sameKey }) => (
        <small key={examId} className={sameKey ? '' : 'wrong'}>
          {t(sameKey ? 'uploads.elsewhere' : 'uploads.elsewhere-otherwise', { title: inLocale(title, locale) })}
        </small>
      ))}
    </span>
  );
}

/** Why a row is no question, and what of it is meant. */
export function BankRowWrong({ problem }: { readonly problem: BankRowProblem }) {
  const { locale } = usePlatform();
  const { words, construct, formula } = problem;
  return (
    <span data-problem={problem.reason}>
      {inLocale(words, locale)} {construct && <code>{construct}</code>}
      {formula && (
        <>
          {' '}
          <code>{formula.tex}</code> <small className="muted">{formula.why}</small>
        </>
      )}
    </span>
  );
}
