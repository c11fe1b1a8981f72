import { useCallback, useState } from 'react';
import { packageEndpoints } from '../../contract/platform/packages.ts';
import { ExamId, instant, StationId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { addressOf } from './api.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form } from './fields.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { SpanFields } from './span-fields.tsx';
import { useStations } from './stations-page.tsx';
import { momentOf, tomorrow, typedMoment } from './turn-words.ts';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';
import { useExamChoices } from './workers-page.tsx';

/** An exam as a file, for a station without a network. */
export function PackagePage({ id }: { readonly id: string }) {
  return (
    <OfFirm screen="package" heading="package.title">
      {(firm) => <Package firm={firm} id={id} />}
    </OfFirm>
  );
}

const DAY_MS = 86_400_000;

function Package({ firm, id }: { readonly firm: Firm; readonly id: string }) {
  const { t, ask, api, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const exams = useExamChoices(firm);
  const station = useStations(firm).value?.stations.find((one) => one.id === id);
  const [chosen, setChosen] = useState('');
  const [made, setMade] = useState<number>();
  const [span, setSpan] = useState(() => {
    const begins = tomorrow(new Date());
    return { from: typedMoment(begins), until: typedMoment(new Date(begins.getTime() + DAY_MS)) };
  });
  const exam = chosen || exams[0]?.value || '';
  const load = useCallback(async () => {
    const { data: examId } = ExamId.safeParse(exam);
    return examId && ask(packageEndpoints.contents, { params: { firm: firm.id }, query: { examId } });
  }, [ask, firm.id, exam]);
  const { value: holds, refused } = useLoaded(load);
  const make = () =>
    run(async () => {
      const [examId, stationId] = [ExamId.safeParse(exam).data, StationId.safeParse(id).data];
      if (!examId) throw new Refusal('no-exam');
      if (!stationId) throw new Refusal('station-unknown');
      const [notBefore, notAfter] = [instant(new Date(span.from)), instant(new Date(span.until))];
      const body = { stationId, examId, notBefore, notAfter };
      const file = await api.file(addressOf(packageEndpoints.make, { params: { firm: firm.id }, body }), body);
      setMade(file.size);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `${station?.name ?? id}.exam`;
      link.click();
      URL.revokeObjectURL(link.href);
    });
  return (
    <>
      <a href={firm.address('stations')}>{t('stations.title')}</a>
      <h2>{station?.name ?? id}</h2>
      <p className="muted">{t('package.means')}</p>
      <Form onSend={make}>
        <div className="fields">
          <ChoiceField name="exam" label={t('workers.exam')} value={exam} onChange={setChosen} choices={exams} />
          <SpanFields span={span} onChange={setSpan} />
        </div>
        {holds && (
          <p data-holds={holds.candidates}>
            {t('package.holds', {
              ...{ items: holds.items, candidates: holds.candidates },
              ...{ photos: holds.withPhoto, proctors: holds.proctors },
            })}
          </p>
        )}
        {holds?.candidates === 0 && <p className="notice warn">{t('package.nobody')}</p>}
        <Problem refused={refused} />
        <Problem {...problem} />
        <div>
          <Button look="primary" submits action="make-package" disabled={busy || !holds}>
            {t('package.make')}
          </Button>
        </div>
        <p role="status">
          {made !== undefined &&
            t('package.made', {
              ...{ size: Math.ceil(made / 1024), from: momentOf(instant(new Date(span.from)), locale) },
              until: momentOf(instant(new Date(span.until)), locale),
            })}
        </p>
      </Form>
    </>
  );
}
