import { useCallback, useState } from 'react';
import { accessEndpoints } from '../../contract/platform/access.ts';
import { instant, type TokenId } from '../../contract/words/ids.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { ChoiceField, Form, TextField } from './fields.tsx';
import { OfFirm } from './of-firm.tsx';
import { Problem } from './problem.tsx';
import { ToldOnce } from './told-once.tsx';
import { momentOf } from './turn-words.ts';
import { useDeed } from './use-deed.ts';
import type { Firm } from './use-firm.ts';

/** Tokens by which commands and programs come in for a firm. */
export function AccessPage() {
  return (
    <OfFirm screen="access" heading="access.title">
      {(firm) => <Tokens firm={firm} />}
    </OfFirm>
  );
}

const DAYS = [1, 30, 90, 365] as const;
const DAY_MS = 86_400_000;

function Tokens({ firm }: { readonly firm: Firm }) {
  const { t, ask, locale } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const load = useCallback(() => ask(accessEndpoints.tokens, { params: { firm: firm.id } }), [ask, firm.id]);
  const { value, refused, again } = useLoaded(load);
  const [name, setName] = useState('');
  const [days, setDays] = useState('30');
  const [made, setMade] = useState<string>();
  const add = () =>
    run(async () => {
      const body = { name: name.trim(), expiresAt: instant(new Date(Date.now() + Number(days) * DAY_MS)) };
      setMade((await ask(accessEndpoints.addToken, { params: { firm: firm.id }, body })).token);
      setName('');
      again();
    });
  const end = (id: TokenId) =>
    run(async () => {
      await ask(accessEndpoints.endToken, { params: { firm: firm.id, id } });
      again();
    });
  return (
    <>
      <p className="muted">{t('access.means')}</p>
      <Form onSend={add}>
        <div className="fields">
          <TextField name="token-name" label={t('access.name')} value={name} onChange={setName} required />
          <ChoiceField
            name="days"
            label={t('access.lasts')}
            value={days}
            onChange={setDays}
            choices={DAYS.map((one) => ({ value: String(one), label: t('access.days', { days: one }) }))}
          />
        </div>
        <div>
          <Button look="primary" submits action="add-token" disabled={busy}>
            {t('access.add')}
          </Button>
        </div>
      </Form>
      {made && <ToldOnce label={t('access.token')} secret={made} />}
      <Problem refused={refused} />
      <Problem {...problem} />
      {value?.tokens.length === 0 && <p className="empty">{t('list.empty')}</p>}
      <ul className="rows boxed">
        {value?.tokens.map(({ id, name: called, createdAt, expiresAt, endedAt, maker, orphaned }) => (
          <li key={id} data-token={called}>
            <span className="part">
              <strong>{called}</strong>
              <small className="muted">
                {t('access.since', { at: momentOf(createdAt, locale) })} ·{' '}
                {expiresAt ? t('access.until', { at: momentOf(expiresAt, locale) }) : t('access.no-end')}
                {maker && ` · ${t('access.maker', { name: maker })}`}
              </small>
            </span>
            {orphaned && !endedAt && <span className="badge warn">{t('access.orphaned')}</span>}
            {endedAt || (expiresAt && new Date(expiresAt) <= new Date()) ? (
              <span className="badge">{t('access.ended')}</span>
            ) : (
              <Button small look="danger" action="end-token" disabled={busy} onPress={() => end(id)}>
                {t('access.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
