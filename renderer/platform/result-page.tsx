import { useCallback } from 'react';
import { LogIndex, type OneResult, resultEndpoints } from '../../contract/platform/results.ts';
import { inLocale } from '../../contract/words/localized.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { explainFinding } from '../../messages/index.ts';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { addressOf } from './api.ts';
import { usePlatform } from './context.tsx';
import { AppealResult, CorrectionsPart, CorrectResult } from './correct-result.tsx';
import { FactList } from './fact-list.tsx';
import { Problem } from './problem.tsx';
import { AnswersPart, FieldsPart } from './result-answers.tsx';
import { ResultEvidence } from './result-evidence.tsx';
import { addressFor } from './route.ts';
import { SettleResult } from './settle-result.tsx';
import { actionWord, cameBy, doubtTone, doubtWord, shortOf } from './words-of.ts';

/** One result: what is known of it, what speaks against it, and what was decided. */
export function ResultPage({ id }: { readonly id: string }) {
  const { ask, t } = usePlatform();
  const load = useCallback(async () => {
    const logIndex = LogIndex.safeParse(id);
    if (!logIndex.success) throw new Refusal('method-unknown');
    return ask(resultEndpoints.read, { params: { logIndex: logIndex.data } });
  }, [ask, id]);
  const { value, refused, again } = useLoaded(load);
  return (
    <Main screen="result" className="page">
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value && <Shown result={value} onSettled={again} />}
    </Main>
  );
}

type Part = { readonly result: OneResult };

function Shown({ result, onSettled }: Part & { readonly onSettled: () => void }) {
  const { t, locale } = usePlatform();
  const { name, number, exam, passed, logIndex } = result;
  return (
    <>
      <div className="head">
        <h1>{name ?? t('results.nobody')}</h1>
        <span className="muted">{number}</span>
        <span className={`badge ${passed ? 'good' : ''}`}>{t(passed ? 'results.passed' : 'results.failed')}</span>
        <span className={`badge ${doubtTone(result)}`}>{t(doubtWord(result))}</span>
      </div>
      <p>
        {inLocale(exam.title, locale)} · {t(`mode.${exam.mode}`)}
      </p>
      <Doubts result={result} />
      {result.maySettle && <SettleResult logIndex={logIndex} onSettled={onSettled} />}
      <Facts result={result} />
      <CorrectionsPart corrections={result.corrections} />
      {result.mayAppeal && <AppealResult logIndex={logIndex} />}
      {result.mayCorrect && <CorrectResult key={result.corrections.length} result={result} onCorrected={onSettled} />}
      <FieldsPart fields={result.fields} />
      <Incidents result={result} />
      <Decisions result={result} />
      <ResultEvidence logIndex={logIndex} />
      <Proof result={result} />
      {result.answers && <AnswersPart answers={result.answers} />}
    </>
  );
}

function Facts({ result }: Part) {
  const { t, locale } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const { marks, fullMarks, passMarks, exam, station, identity } = result;
  const rows = [
    [t('results.firm'), result.firm],
    [t('results.marks'), t('results.marks-of', { marks, full: fullMarks, pass: passMarks })],
    [t('results.started'), when.format(new Date(result.startedAt))],
    [t('results.at'), `${when.format(new Date(result.submittedAt))} · ${t(`cause.${result.cause}`)}`],
    [t('results.active'), t('results.minutes', { minutes: Math.round(result.activeMs / 60_000) })],
    [t('results.station'), station.name],
    [
      t('results.identity'),
      identity.how === 'verified'
        ? t('results.by-face')
        : t('results.by-hand', { name: identity.by.name, note: identity.note }),
    ],
    [t('results.came-by'), cameBy(t, result)],
  ] as const;
  return (
    <section className="part" aria-labelledby="facts">
      <h2 id="facts">{t('results.facts')}</h2>
      <FactList facts={rows} />
      <p className="deeds">
        <a href={addressFor('results', '', { examId: exam.id })}>{t('results.of-exam')}</a>
        <a href={addressFor('results', '', { stationId: station.id })}>{t('results.of-station')}</a>
      </p>
    </section>
  );
}

/** Why it is disputed, in words, and what was decided of it. */
function Doubts({ result }: Part) {
  const { t, locale } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const { findings, settlements } = result;
  if (findings.length === 0 && settlements.length === 0) return null;
  return (
    <section className="part" aria-labelledby="doubts">
      <h2 id="doubts">{t('results.doubts')}</h2>
      <ul className="rows">
        {findings.map(({ code, detail }) => (
          <li key={code}>
            {explainFinding(code, locale)} <small className="muted">{detail}</small>
          </li>
        ))}
        {settlements.map(({ decision, by, note, at }) => (
          <li key={at}>
            <strong>{t(`decision.${decision}`)}</strong> {by} · {when.format(new Date(at))} · {note}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Incidents({ result: { incidentList } }: Part) {
  const { t, locale, explain } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  return (
    <section className="part" aria-labelledby="incidents">
      <h2 id="incidents">{t('results.incidents')}</h2>
      {incidentList.length === 0 && <p className="muted">{t('app.none')}</p>}
      <ul className="rows">
        {incidentList.map(({ at, reason, paused }) => (
          <li key={`${at} ${reason}`}>
            {when.format(new Date(at))} {shortOf(explain(reason))}
            {paused && <span className="badge warn">{t('results.paused')}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Decisions({ result: { decisions } }: Part) {
  const { t, locale } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
  if (decisions.length === 0) return null;
  return (
    <section className="part" aria-labelledby="decisions">
      <h2 id="decisions">{t('results.decisions')}</h2>
      <ul className="rows">
        {decisions.map(({ at, action, by, note }) => (
          <li key={`${at} ${action}`}>
            {when.format(new Date(at))} {by.name} · {t(actionWord(action))} {note && <small>{note}</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Proof({ result: { logIndex, recordHash, treeSize, receivedAt } }: Part) {
  const { t, locale } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <section className="part" aria-labelledby="proof">
      <h2 id="proof">{t('results.proof')}</h2>
      <p>{t('results.logged', { index: logIndex, size: treeSize, at: when.format(new Date(receivedAt)) })}</p>
      <p className="muted">
        <code style={{ overflowWrap: 'anywhere' }}>{recordHash}</code>
      </p>
      <a download href={addressOf(resultEndpoints.proof, { params: { logIndex } })}>
        {t('results.proof-file')}
      </a>
    </section>
  );
}
