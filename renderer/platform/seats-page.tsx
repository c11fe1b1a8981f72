import { useCallback, useState } from 'react';
import { seatEndpoints } from '../../contract/platform/seats.ts';
import { ExamId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { CheckField, Form } from './fields.tsx';
import { NumberField } from './number-field.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';
import { useExamChoices } from './workers-page.tsx';

/** Who sits where at an exam; drawn at random, and on paper. */
export function SeatsPage({ id }: { readonly id: string }) {
  return (
    <OfFirm screen="seats" heading="seats.title">
      {(firm) => <Seats firm={firm} id={id} />}
    </OfFirm>
  );
}

function Seats({ firm, id }: { readonly firm: Firm; readonly id: string }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const { data: examId } = ExamId.safeParse(id);
  const load = useCallback(async () => {
    if (!examId) throw new Refusal('no-exam');
    return ask(seatEndpoints.list, { params: { firm: firm.id }, query: { examId } });
  }, [ask, firm.id, examId]);
  const { value, refused, again } = useLoaded(load);
  const title = useExamChoices(firm).find((one) => one.value === id)?.label ?? id;
  const [rows, setRows] = useState<number | undefined>(5);
  const [columns, setColumns] = useState<number | undefined>(6);
  const [anew, setAnew] = useState(false);
  const draw = () =>
    run(async () => {
      if (!examId) throw new Refusal('no-exam');
      const body = { examId, rows: rows ?? 0, columns: columns ?? 0, again: anew };
      await ask(seatEndpoints.draw, { params: { firm: firm.id }, body });
      again();
    });
  return (
    <>
      <div className="head not-printed">
        <a href={firm.address('exam', id)}>{t('app.back')}</a>
        <Button icon="print" action="print" onPress={() => window.print()}>
          {t('seats.print')}
        </Button>
      </div>
      <h2>{title}</h2>
      {firm.isOwn && (
        <div className="not-printed">
          <Form onSend={draw}>
            <p className="muted">{t('seats.means')}</p>
            <div className="fields">
              <NumberField name="rows" label={t('seats.rows')} value={rows} onChange={setRows} />
              <NumberField name="columns" label={t('seats.columns')} value={columns} onChange={setColumns} />
              <CheckField name="again" label={t('seats.again')} value={anew} onChange={setAnew} />
            </div>
            <Problem {...problem} />
            <div>
              <Button look="primary" submits action="draw-seats" disabled={busy}>
                {t('seats.draw')}
              </Button>
            </div>
          </Form>
        </div>
      )}
      <Problem refused={refused} />
      {value?.people.length === 0 && <p className="empty">{t('seats.nobody')}</p>}
      {value && value.people.length > 0 && (
        <div className="table-slot">
          <table className="list">
            <caption className="visually-hidden">{t('seats.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('seats.seat')}</th>
                <th scope="col">{t('workers.name')}</th>
                <th scope="col">{t('turns.ending')}</th>
              </tr>
            </thead>
            <tbody>
              {value.people.map(({ candidateId, name, ending, seat }) => (
                <tr key={candidateId} data-seat={seat ?? ''}>
                  <td data-title={t('seats.seat')}>
                    <strong>{seat ?? t('seats.none')}</strong>
                  </td>
                  <td data-title={t('workers.name')}>{name}</td>
                  <td data-title={t('turns.ending')}>…{ending}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
