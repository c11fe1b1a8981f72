import type { HomeOverview } from '../../contract/home/home-api.ts';
import type { OwnFile } from '../../contract/home/own-file.ts';
import { usePage } from '../context.ts';
import { Facts } from './facts.tsx';
import { type OwnWords, useOwnWords } from './own-words.ts';

/** One person, one file, in plain words: of this firm alone. */
export function OwnRecord({ file, learnt }: { readonly file: OwnFile; readonly learnt: HomeOverview }) {
  const words = useOwnWords();
  const { w } = words;
  const { locale } = usePage();
  const { name, ending, firm, memberships, certificates } = file;
  const complete = learnt.courses.filter(({ lessons }) => lessons.every(({ proven }) => proven.complete));
  const mocks = learnt.mocks.flatMap(({ sat }) => sat);
  const exams = file.results.filter(({ mode, standing }) => mode === 'formal' && standing === 'counts');
  const passed = (of: readonly { readonly passed: boolean }[]): number => of.filter((one) => one.passed).length;
  const valid = certificates.filter(({ standing }) => standing === 'valid').length;
  return (
    <section aria-labelledby="record">
      <h2 id="record">{w('own.record')}</h2>
      <p className="muted">{w('own.record-here', { firm })}</p>
      <div className="card">
        <Facts
          of={[
            [w('own.person'), name],
            [w('own.ending'), ending],
            [w('own.on-roster'), memberships.map((one) => spanOf(one, words)).join(locale === 'zh' ? '；' : '; ')],
            [w('own.learning'), w('own.learned', { all: learnt.courses.length, done: complete.length })],
            [w('own.mocks'), w('own.mocks-done', { count: mocks.length, passed: passed(mocks) })],
            [w('own.exams'), w('own.exams-done', { count: exams.length, passed: passed(exams) })],
            [w('own.valid-certificates'), w('own.count', { count: valid })],
            [w('own.violations'), <Violations key="violations" file={file} />],
          ]}
        />
      </div>
    </section>
  );
}

function spanOf({ from, until }: OwnFile['memberships'][number], { w, day }: OwnWords): string {
  if (from && until) return w('own.from-until', { from: day(from), until: day(until) });
  if (from) return w('own.since', { from: day(from) });
  return until ? `– ${day(until)}` : w('own.roster-now');
}

/** What happened at exams, and results that are void: each with its day. */
function Violations({ file: { results } }: { readonly file: OwnFile }) {
  const { w, day, happened } = useOwnWords();
  const noted = results.flatMap(({ sittingId, submittedAt, incidents, standing }) => [
    ...(standing === 'void' ? [{ key: `${sittingId} void`, at: submittedAt, says: w('own.standing.void') }] : []),
    ...incidents.map((reason, at) => ({
      ...{ key: `${sittingId} ${at}`, at: submittedAt },
      says: happened(reason),
    })),
  ]);
  if (noted.length === 0) return w('own.none');
  return (
    <ul className="noted">
      {noted.map(({ key, at, says }) => (
        <li key={key}>
          <time dateTime={at}>{day(at)}</time> {says}
        </li>
      ))}
    </ul>
  );
}
