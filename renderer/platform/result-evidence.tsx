import { useCallback, useState } from 'react';
import { evidenceEndpoints, LEAST_REASON, type ListedWish } from '../../contract/platform/evidence.ts';
import type { OneResult } from '../../contract/platform/results.ts';
import { ExchangeKey } from '../../contract/words/keys.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { useHasRole, usePlatform } from './context.tsx';
import { EvidencePicture } from './evidence-picture.tsx';
import { ChoiceField, TextField } from './fields.tsx';
import { keepOwnKey, ownKeysOf } from './own-keys.ts';
import { Problem } from './problem.tsx';
import { canSeal, makeOwnKey, type OwnKey } from './sealed-picture.ts';
import { useDeed } from './use-deed.ts';

type Props = Pick<OneResult, 'logIndex'>;

/** Pictures of a sitting, which its station alone has: who asked for them and why, for everybody who sees the result. */
export function ResultEvidence({ logIndex }: Props) {
  const { ask, t, me } = usePlatform();
  const account = me?.id;
  const load = useCallback(async () => {
    const said = await ask(evidenceEndpoints.list, { params: { logIndex } });
    return { ...said, own: account && said.mayAsk ? await ownKeysOf(account) : new Map() };
  }, [ask, logIndex, account]);
  const { value, refused, again } = useLoaded(load);
  if (value && value.wishes.length === 0 && !value.mayAsk) return null;
  return (
    <section className="part" aria-labelledby="evidence" data-evidence>
      <h2 id="evidence">{t('evidence.title')}</h2>
      <p className="muted">{t('evidence.means')}</p>
      <Problem refused={refused} />
      {value?.wishes.map((wish) => (
        <Wish key={wish.id} wish={wish} own={value.own.get(wish.key)} />
      ))}
      {value && value.wishes.length > 0 && (
        <div className="deeds">
          <Button action="look-again" onPress={again}>
            {t('evidence.look-again')}
          </Button>
        </div>
      )}
      {value?.mayAsk && <AskForEvidence logIndex={logIndex} onAsked={again} />}
    </section>
  );
}

function Wish({ wish, own }: { readonly wish: ListedWish; readonly own: OwnKey | undefined }) {
  const { t, locale, explain } = usePlatform();
  const when = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const { id, by, reason, at, until, state, station, pictures, refused, mine, entryIndex } = wish;
  const here = pictures.filter((one) => one.state !== 'waiting').length;
  const isNone = state === 'done' && pictures.length === 0;
  return (
    <div className="part" data-wish={state}>
      <p>
        <strong>{t('evidence.asked', { name: by, at: when.format(new Date(at)) })}</strong> {reason}
      </p>
      <p role="status">
        {station} · {t(`evidence.${isNone ? 'none' : state}`, { here, of: pictures.length })}{' '}
        {refused && explain(refused)}
      </p>
      <p className="muted">{t('evidence.logged', { index: entryIndex, until: when.format(new Date(until)) })}</p>
      {mine && pictures.length > 0 && !own && <p className="notice warn">{t('evidence.other-key')}</p>}
      {mine && (
        <ul className="pictures">
          {pictures.map((picture) => (
            <EvidencePicture key={picture.of} wish={id} picture={picture} own={own} />
          ))}
        </ul>
      )}
    </div>
  );
}

/** @throws Refusal `bad-message` */
function typedKey(text: string): ExchangeKey {
  const { data } = ExchangeKey.safeParse(text.trim());
  if (!data) throw new Refusal('bad-message', 'this is no key of `evidence key`');
  return data;
}

function AskForEvidence({ logIndex, onAsked }: Props & { readonly onAsked: () => void }) {
  const { t, ask, me } = usePlatform();
  const isInspector = useHasRole('inspector');
  const { busy, run, ...problem } = useDeed();
  const [reason, setReason] = useState('');
  const [to, setTo] = useState('browser');
  const [typed, setTyped] = useState('');
  if (!isInspector || !me) return null;
  const browsersKey = async (): Promise<ExchangeKey> => {
    const [known] = (await ownKeysOf(me.id)).keys();
    if (known) return known;
    const own = await makeOwnKey().catch(() => {
      throw new Refusal('method-unknown', t('evidence.old-browser'));
    });
    await keepOwnKey({ ...own, account: me.id });
    return own.key;
  };
  const send = () =>
    run(async () => {
      const key = to === 'command' ? typedKey(typed) : await browsersKey();
      await ask(evidenceEndpoints.putKey, { body: { key } });
      await ask(evidenceEndpoints.ask, { params: { logIndex }, body: { reason: reason.trim(), key } });
      setReason('');
      onAsked();
    });
  const ready = to === 'command' || canSeal();
  return (
    <details>
      <summary>{t('evidence.ask')}</summary>
      <section className="part" aria-label={t('evidence.ask')}>
        <p className="muted">{t('evidence.ask-means')}</p>
        <ChoiceField
          {...{ name: 'evidence-to', value: to, onChange: setTo, label: t('evidence.to') }}
          choices={(['browser', 'command'] as const).map((one) => ({ value: one, label: t(`evidence.to-${one}`) }))}
        />
        {to === 'command' && (
          <TextField
            {...{ name: 'evidence-key', value: typed, onChange: setTyped }}
            label={t('evidence.key')}
            hint={t('evidence.key-hint')}
          />
        )}
        {!ready && <p className="notice warn">{t('evidence.no-https')}</p>}
        <TextField
          {...{ name: 'evidence-reason', value: reason, onChange: setReason }}
          label={t('evidence.reason')}
          hint={t('evidence.reason-hint')}
        />
        <Problem {...problem} />
        <div className="deeds">
          <Button action="ask-evidence" disabled={busy || !ready || reason.trim().length < LEAST_REASON} onPress={send}>
            {t('evidence.send')}
          </Button>
        </div>
      </section>
    </details>
  );
}
