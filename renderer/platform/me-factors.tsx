import { useState } from 'react';
import { accountEndpoints } from '../../contract/platform/accounts.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { canPasskeys, makePasskey } from './passkey.ts';
import { Problem } from './problem.tsx';
import { RefusedByCity } from './refused-by-city.tsx';
import { cityReturnOf } from './route.ts';
import { useDeed } from './use-deed.ts';

/** A device of one's own, that logs in without a password. */
export function Passkeys() {
  const { t, ask, setMe } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [name, setName] = useState('');
  const [said, setSaid] = useState<'me.passkey-added' | 'me.passkey-failed'>();
  if (!canPasskeys()) return null;
  const add = () =>
    run(async () => {
      setSaid(undefined);
      const { options } = await ask(accountEndpoints.beginPasskey, {});
      const passkey = await makePasskey(options);
      if (!passkey) return setSaid('me.passkey-failed');
      await ask(accountEndpoints.addPasskey, { body: { name: name.trim(), passkey } });
      setName('');
      setSaid('me.passkey-added');
      setMe(await ask(accountEndpoints.me, {}));
    });
  return (
    <section className="part" aria-labelledby="passkeys">
      <h2 id="passkeys">{t('me.passkeys')}</h2>
      <p className="muted">{t('me.passkeys-means')}</p>
      <Form onSend={add}>
        <div className="fields">
          <TextField name="passkey" label={t('me.passkey-name')} value={name} onChange={setName} required />
        </div>
        <Problem {...problem} />
        {said && <p role="status">{t(said)}</p>}
        <div>
          <Button submits action="add-passkey" disabled={busy}>
            {t('me.passkey-add')}
          </Button>
        </div>
      </Form>
    </section>
  );
}

/** The city's own log-in, where there is one. */
export function CityLink() {
  const { t, ask, me } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [load] = useState(() => () => ask(accountEndpoints.welcome, {}));
  const { value } = useLoaded(load);
  const linked = cityReturnOf(location.hash)?.kind === 'linked' || (me?.factors.includes('oidc') ?? false);
  if (!value?.oidc) return null;
  const link = () => run(async () => location.assign((await ask(accountEndpoints.linkOidc, {})).url));
  return (
    <section className="part" aria-labelledby="city">
      <h2 id="city">{t('me.city')}</h2>
      <RefusedByCity />
      {linked ? <p role="status">{t('me.linked')}</p> : <p className="muted">{t('me.city-means')}</p>}
      <Problem {...problem} />
      {!linked && (
        <div>
          <Button action="link-city" disabled={busy} onPress={link}>
            {t('me.city-link')}
          </Button>
        </div>
      )}
    </section>
  );
}
