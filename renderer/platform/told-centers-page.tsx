import { useCallback, useState } from 'react';
import { organisationEndpoints } from '../../contract/platform/organisations.ts';
import { type KnownCenter, toldResultEndpoints } from '../../contract/platform/told-results.ts';
import { OrganisationId } from '../../contract/words/ids.ts';
import { PublicKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { Main } from '../design/main.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { useHasRole, usePlatform } from './context.tsx';
import { type Choice, ChoiceField, Form, TextField } from './fields.tsx';
import { Problem } from './problem.tsx';
import { useDeed } from './use-deed.ts';

/** Other centers of this program, by their root keys: what they have proven is taken as proven by them. */
export function ToldCentersPage() {
  const { t, ask } = usePlatform();
  const runs = useHasRole('platform');
  const deed = useDeed();
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks anew
  const load = useCallback(async () => (await ask(toldResultEndpoints.centers, {})).centers, [ask, round]);
  const { value = [], refused } = useLoaded(load);
  const change = (work: () => Promise<unknown>) =>
    deed.run(async () => {
      await work();
      setRound((before) => before + 1);
    });
  const end = (key: PublicKey) => change(() => ask(toldResultEndpoints.endCenter, { params: { key } }));
  return (
    <Main screen="told-centers" className="page">
      <h1>{t('told.centers')}</h1>
      <p className="muted">{t('told.centers-mean')}</p>
      <Problem refused={deed.refused ?? refused} detail={deed.detail} />
      {value.length === 0 && <p className="muted">{t('app.none')}</p>}
      <ul className="rows boxed">
        {value.map((one) => (
          <OneCenter key={one.key} center={one} onEnd={runs && !deed.busy ? end : undefined} />
        ))}
      </ul>
      {runs && (
        <NameCenter busy={deed.busy} onName={(body) => change(() => ask(toldResultEndpoints.nameCenter, { body }))} />
      )}
    </Main>
  );
}

type OneProps = { readonly center: KnownCenter; readonly onEnd: ((key: PublicKey) => unknown) | undefined };

function OneCenter({ center: { key, vendor, namedBy, namedAt, endedAt }, onEnd }: OneProps) {
  const { t, locale } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return (
    <li data-key={key}>
      <span>
        {vendor} <code>{key}</code>
      </span>
      <span>
        <small className="muted">
          {namedBy} · {when.format(new Date(namedAt))}
        </small>{' '}
        {endedAt && <span className="badge">{t('told.ended', { day: when.format(new Date(endedAt)) })}</span>}
        {!endedAt && onEnd && (
          <Button small look="danger" action="end-center" onPress={() => onEnd(key)}>
            {t('told.end')}
          </Button>
        )}
      </span>
    </li>
  );
}

type NameProps = {
  readonly busy: boolean;
  readonly onName: (wish: { vendorId: OrganisationId; key: PublicKey }) => Promise<boolean>;
};

function NameCenter({ busy, onName }: NameProps) {
  const { t, ask } = usePlatform();
  const load = useCallback(async () => {
    const of = async (kind: 'vendor' | 'agency') =>
      (await ask(organisationEndpoints.list, { query: { kind, state: 'approved', size: 500 } })).rows;
    return [...(await of('vendor')), ...(await of('agency'))];
  }, [ask]);
  const { value = [] } = useLoaded(load);
  const choices = value.map(({ id, name }): Choice => ({ value: id, label: name }));
  const [vendor, setVendor] = useState('');
  const [key, setKey] = useState('');
  const deed = useDeed();
  const send = () =>
    deed.run(async () => {
      const vendorId = OrganisationId.safeParse(vendor || choices[0]?.value).data;
      const parsed = PublicKey.safeParse(key.trim()).data;
      if (!vendorId) throw new Refusal('organisation-unknown');
      if (!parsed) throw new Refusal('bad-message', t('told.key-hint'));
      if (await onName({ vendorId, key: parsed })) setKey('');
    });
  return (
    <Form onSend={send}>
      <ChoiceField name="vendor" label={t('told.vendor')} value={vendor} onChange={setVendor} choices={choices} />
      <TextField name="key" label={t('told.key')} hint={t('told.key-hint')} value={key} onChange={setKey} required />
      <Problem refused={deed.refused} detail={deed.detail} />
      <Button action="name-center" submits disabled={busy || deed.busy}>
        {t('told.name-center')}
      </Button>
    </Form>
  );
}
