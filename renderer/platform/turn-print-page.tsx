import { useCallback, useState } from 'react';
import type { Cursor } from '../../contract/platform/paging.ts';
import { planningEndpoints, type Turn, type TurnEntry } from '../../contract/platform/planning.ts';
import { TurnId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import type { PlatformApi } from './api.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { QrCode } from './qr-code.tsx';
import { addressFor } from './route.ts';
import { dayOf, examTitle, timesOf } from './turn-words.ts';

/** Who comes to a turn, on paper: a list for whoever lets them in, and a slip for each of them. */
export function TurnPrintPage({ id }: { readonly id: string }) {
  const { ask, t } = usePlatform();
  const load = useCallback(async () => {
    const known = TurnId.safeParse(id).data;
    if (!known) throw new Refusal('turn-unknown');
    const { turn } = await ask(planningEndpoints.read, { params: { id: known } });
    const asked = { state: 'entered', size: 500 } as const;
    let page = await ask(planningEndpoints.entries, { params: { id: known }, query: asked });
    const entries = [...page.rows];
    while (page.next) {
      page = await ask(planningEndpoints.entries, { params: { id: known }, query: { ...asked, after: page.next } });
      entries.push(...page.rows);
    }
    return { turn, entries, codes: await slipCodes(ask, known) };
  }, [ask, id]);
  const { value, refused } = useLoaded(load);
  const [paper, setPaper] = useState<Paper>('a4');
  return (
    <Main screen="turn-print" className={`page paper-${paper}`}>
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {value && (
        <>
          <div className="head not-printed">
            <a href={addressFor('turn', id)}>{t('app.back')}</a>
            <Button look="primary" icon="print" action="print" onPress={() => window.print()}>
              {t('turns.print')}
            </Button>
            <PaperChoice paper={paper} onChange={setPaper} />
          </div>
          <Roll {...value} />
          <section className="slips" aria-label={t('turns.slips')}>
            {value.entries.map((entry, at) => (
              <Slip
                key={keyOf(entry)}
                turn={value.turn}
                entry={entry}
                place={at + 1}
                code={value.codes.get(keyOf(entry))}
              />
            ))}
          </section>
        </>
      )}
    </Main>
  );
}

function Roll({ turn, entries }: { readonly turn: Turn; readonly entries: readonly TurnEntry[] }) {
  const { t, locale } = usePlatform();
  return (
    <section className="roll">
      <h1>{examTitle(turn, locale)}</h1>
      <p>
        {dayOf(turn.begins, locale)} {timesOf(turn, locale)} · {turn.room.name}
      </p>
      <div className="table-slot">
        <table className="list">
          <caption className="visually-hidden">{t('turns.entries')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('turns.place')}</th>
              <th scope="col">{t('turns.name')}</th>
              <th scope="col">{t('turns.ending')}</th>
              <th scope="col">{t('turns.firm')}</th>
              <th scope="col">{t('turns.signature')}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ tenantId, candidateId, name, ending, firm }, at) => (
              <tr key={`${tenantId} ${candidateId}`}>
                <td>{at + 1}</td>
                <td>{name}</td>
                <td>…{ending}</td>
                <td>{firm}</td>
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const keyOf = ({ tenantId, candidateId }: Pick<TurnEntry, 'tenantId' | 'candidateId'>): string =>
  `${tenantId} ${candidateId}`;

/**
 * The codes of those whose slips whoever asks may give out; none where the exam takes no slips, or its reader is no one to give
 * them. Without a code a slip is a notice, as ever.
 */
async function slipCodes(ask: PlatformApi['ask'], id: TurnId): Promise<ReadonlyMap<string, string>> {
  const codes = new Map<string, string>();
  try {
    let after: Cursor | null | undefined;
    do {
      const query = { size: 500, ...(after ? { after } : {}) };
      const page = await ask(planningEndpoints.slips, { params: { id }, query });
      for (const one of page.rows) codes.set(keyOf(one), one.code);
      after = page.next;
    } while (after);
  } catch (error) {
    if (!(error instanceof Refusal) || error.reason !== 'unauthorised') throw error;
  }
  return codes;
}

const PAPERS = ['a4', 'roll'] as const;
type Paper = (typeof PAPERS)[number];

function PaperChoice({ paper, onChange }: { readonly paper: Paper; readonly onChange: (paper: Paper) => void }) {
  const { t } = usePlatform();
  return (
    <ChoiceField
      name="paper"
      label={t('turns.paper')}
      value={paper}
      choices={PAPERS.map((one) => ({ value: one, label: t(`turns.paper-${one}`) }))}
      onChange={(value) => onChange(PAPERS.find((one) => one === value) ?? 'a4')}
    />
  );
}

type SlipProps = {
  readonly turn: Turn;
  readonly entry: TurnEntry;
  readonly place: number;
  readonly code: string | undefined;
};

/** The same words can be sent as a message. The code holds ids, and no name. */
function Slip({ turn, entry, place, code }: SlipProps) {
  const { t, locale } = usePlatform();
  const when = `${dayOf(turn.begins, locale)} ${timesOf(turn, locale)}`;
  return (
    <article className="slip card">
      <h2>
        {place}. {entry.name} …{entry.ending}
      </h2>
      <p className="muted">{entry.firm}</p>
      <p>{t('turns.notice', { name: entry.name, exam: examTitle(turn, locale), when, room: turn.room.name })}</p>
      {code && (
        <figure className="slip-code" data-slip-code={code}>
          <QrCode text={code} label={t('turns.slip-code', { name: entry.name })} />
          <figcaption className="muted">{t('turns.slip-how')}</figcaption>
        </figure>
      )}
    </article>
  );
}
