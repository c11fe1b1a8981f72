import { useCallback, useMemo, useState } from 'react';
import {
  type ErasureLine,
  FIRM_KINDS,
  LEAST_MONTHS,
  RETENTION_KINDS,
  type Retention,
  type RetentionKind,
  retentionEndpoints,
} from '../../contract/platform/retention.ts';
import type { OrganisationId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { type Column, List } from './list.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

/** Whose rules somebody keeps: the platform's, or those of their own firm. */
function usePlace(): { readonly id: OrganisationId; readonly isPlatform: boolean } | undefined {
  const { me } = usePlatform();
  const held =
    me?.roles.find(({ role }) => role === 'platform') ?? me?.roles.find(({ role }) => KEEPERS.includes(role));
  return held && { id: held.organisationId, isPlatform: held.role === 'platform' };
}
const KEEPERS: readonly string[] = ['firm', 'agency'];

/** How long things are kept, what would go, and what went. */
export function RetentionPage() {
  const { t, ask } = usePlatform();
  const place = usePlace();
  const id = place?.id;
  const load = useCallback(
    async () => (id ? ask(retentionEndpoints.read, { params: { organisationId: id } }) : undefined),
    [ask, id],
  );
  const { value, refused, again } = useLoaded(load);
  return (
    <Main screen="retention" className="page">
      <h1>{t('retention.title')}</h1>
      <Problem refused={refused} />
      {!value && !refused && <p>{t('app.loading')}</p>}
      {place && value && (
        <>
          <Rules key={JSON.stringify(value.own)} {...{ place, retention: value, onChanged: again }} />
          <Going retention={value} />
          <section className="part" aria-labelledby="gone">
            <h2 id="gone">{t('retention.gone')}</h2>
            <Gone id={place.id} isPlatform={place.isPlatform} />
          </section>
          {!place.isPlatform && (
            <section className="part" aria-labelledby="hand">
              <h2 id="hand">{t('retention.hand')}</h2>
              <p>{t('retention.hand-mean')}</p>
            </section>
          )}
        </>
      )}
    </Main>
  );
}

type Place = NonNullable<ReturnType<typeof usePlace>>;
type RulesProps = { readonly place: Place; readonly retention: Retention; readonly onChanged: () => void };

const kindsOf = ({ isPlatform }: Place): readonly RetentionKind[] => (isPlatform ? RETENTION_KINDS : FIRM_KINDS);

function Rules({ place, retention, onChanged }: RulesProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const { own, platform } = retention;
  const said = (kind: RetentionKind): string => String(own[kind] ?? '');
  const [typed, setTyped] = useState(() => Object.fromEntries(RETENTION_KINDS.map((kind) => [kind, said(kind)])));
  const months = (kind: RetentionKind): number | null => (typed[kind] ? Number(typed[kind]) : null);
  const save = async () => {
    const body = {
      ...{ roster: months('roster'), appeals: months('appeals') },
      ...{ invitations: months('invitations'), looks: months('looks') },
    };
    const saved = () => ask(retentionEndpoints.put, { params: { organisationId: place.id }, body });
    if (await run(saved)) onChanged();
  };
  return (
    <section className="part" aria-labelledby="rules">
      <h2 id="rules">{t('retention.rules')}</h2>
      <p className="muted">{t('retention.rules-mean')}</p>
      {!place.isPlatform && <p className="muted">{t('retention.firm-mean')}</p>}
      <Form onSend={save}>
        {kindsOf(place).map((kind) => {
          const above = place.isPlatform ? null : platform[kind];
          return (
            <TextField
              key={kind}
              name={kind}
              type="number"
              min={LEAST_MONTHS[kind]}
              label={t(`retention.kind-${kind}`)}
              hint={above === null ? undefined : t('retention.platform-says', { months: above })}
              value={typed[kind] ?? ''}
              onChange={(value) => setTyped({ ...typed, [kind]: value })}
            />
          );
        })}
        <Problem {...problem} />
        <Button look="primary" submits action="save-rules" disabled={busy}>
          {t('retention.save')}
        </Button>
      </Form>
      <p className="muted">{t('retention.fixed')}</p>
    </section>
  );
}

function Going({ retention: { going } }: { readonly retention: Retention }) {
  const { t } = usePlatform();
  const rows = RETENTION_KINDS.flatMap((kind) => {
    const one = going[kind];
    return one ? [{ kind, ...one }] : [];
  });
  const heads = [t('retention.today'), t('retention.soon'), t('retention.held')];
  return (
    <section className="part" aria-labelledby="going">
      <h2 id="going">{t('retention.going')}</h2>
      {rows.length === 0 && <p className="muted">{t('retention.going-none')}</p>}
      {rows.length > 0 && (
        <div className="table-slot">
          <table className="list">
            <thead>
              <tr>
                <th scope="col">{t('retention.kind')}</th>
                {heads.map((head) => (
                  <th key={head} scope="col" className="figures">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ kind, today, soon, held }) => (
                <tr key={kind} data-row={kind}>
                  <td data-title={t('retention.kind')}>{t(`retention.kind-${kind}`)}</td>
                  {[today, soon, held].map((count, at) => (
                    <td key={heads[at]} data-title={heads[at]} className="figures">
                      {count}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Gone({ id, isPlatform }: Place) {
  const { t, locale } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const asked = useMemo(() => ({ params: { organisationId: id }, query: {} }), [id]);
  const columns: readonly Column<ErasureLine>[] = [
    { name: 'at', title: t('retention.at'), cell: ({ at }) => when.format(new Date(at)) },
    ...(isPlatform
      ? [{ name: 'firm', title: t('people.firm'), cell: ({ firm }: ErasureLine) => firm ?? '' } as const]
      : []),
    { name: 'kind', title: t('retention.kind'), cell: ({ kind }) => t(`retention.kind-${kind}`) },
    { name: 'count', title: t('retention.count'), figures: true, cell: ({ count }) => count },
    {
      name: 'why',
      title: t('retention.why'),
      cell: ({ cause, months }) => (months === null ? t(`erase.${cause}`) : t('retention.by-rule', { months })),
    },
    { name: 'by', title: t('retention.by'), cell: ({ by }) => by ?? '' },
  ];
  return (
    <List
      caption={t('retention.gone')}
      endpoint={retentionEndpoints.list}
      {...{ asked, columns }}
      keyOf={({ id: one }: ErasureLine) => one}
      empty={<p>{t('retention.empty')}</p>}
    />
  );
}
