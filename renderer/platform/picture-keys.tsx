import { useCallback, useState } from 'react';
import { evidenceEndpoints } from '../../contract/platform/evidence.ts';
import { SHORTEST_PASSPHRASE } from '../../contract/platform/key-copy.ts';
import type { AccountId } from '../../contract/words/ids.ts';
import { Refusal } from '../../contract/words/reasons.ts';
import { Button } from '../design/button.tsx';
import { useLoaded } from '../link/use-loaded.ts';
import { useHasRole, usePlatform } from './context.tsx';
import { Form, TextField } from './fields.tsx';
import { FileField } from './file-field.tsx';
import { saveFile } from './files.ts';
import { makeCopiedKey, takeKeyCopy } from './key-copy.ts';
import { keepOwnKey, ownKeysOf } from './own-keys.ts';
import { Problem } from './problem.tsx';
import { canSeal, fingerprintOf } from './sealed-picture.ts';
import { NewPassword } from './set-password.tsx';
import { useDeed } from './use-deed.ts';

/** Keys of an inspector in this browser, with which copies lie elsewhere. */
export function PictureKeys() {
  const { t, me } = usePlatform();
  const isInspector = useHasRole('inspector');
  const account = me?.id;
  const load = useCallback(async () => (account ? listed(account) : []), [account]);
  const { value, again } = useLoaded(load);
  if (!isInspector || !account) return null;
  const isUncopied = value?.some((one) => !one.copiedAt);
  return (
    <section className="part" aria-labelledby="picture-keys">
      <h2 id="picture-keys">{t('me.picture-keys')}</h2>
      <p className="muted">{t('me.picture-keys-means')}</p>
      {value?.length === 0 && <p>{t('me.picture-keys-none')}</p>}
      {value && value.length > 0 && <KeyList keys={value} />}
      {isUncopied && <p className="notice warn">{t('me.picture-key-uncopied-means')}</p>}
      {canSeal() ? (
        <>
          <MakeKey account={account} onMade={again} />
          <TakeKey account={account} onTaken={again} />
        </>
      ) : (
        <p className="notice warn">{t('evidence.no-https')}</p>
      )}
    </section>
  );
}

type Listed = Awaited<ReturnType<typeof listed>>[number];

const listed = async (account: AccountId) =>
  Promise.all(
    [...(await ownKeysOf(account)).values()].map(async ({ key, copiedAt }) => ({
      ...{ key, copiedAt },
      fingerprint: await fingerprintOf(key),
    })),
  );

function KeyList({ keys }: { readonly keys: readonly Listed[] }) {
  const { t, locale } = usePlatform();
  const made = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  return (
    <ul className="rows">
      {keys.map(({ key, copiedAt, fingerprint }) => (
        <li key={key} data-key={copiedAt ? 'copied' : 'uncopied'}>
          <code>{fingerprint}</code>
          <span className={`badge ${copiedAt ? 'good' : 'warn'}`}>
            {copiedAt
              ? t('me.picture-key-copied', { at: made.format(new Date(copiedAt)) })
              : t('me.picture-key-uncopied')}
          </span>
        </li>
      ))}
    </ul>
  );
}

function MakeKey({ account, onMade }: { readonly account: AccountId; readonly onMade: () => void }) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [passphrase, setPassphrase] = useState<string>();
  const [made, setMade] = useState(0);
  const make = (with_: string) =>
    run(async () => {
      const { own, copy } = await makeCopiedKey(account, with_).catch(() => {
        throw new Refusal('method-unknown', t('evidence.old-browser'));
      });
      // The copy first: whatever fails after it, nothing was sealed to a key that only this browser has.
      saveFile(`picture-key-${copy.at.slice(0, 10)}.json`, new Blob([JSON.stringify(copy)]));
      await keepOwnKey({ ...own, account, copiedAt: copy.at });
      await ask(evidenceEndpoints.putKey, { body: { key: own.key } });
      setPassphrase(undefined);
      setMade(made + 1);
      onMade();
    });
  return (
    <Form onSend={() => (passphrase === undefined ? undefined : make(passphrase))}>
      <div className="fields">
        <NewPassword
          key={made}
          onType={setPassphrase}
          passphrase={{ label: t('me.picture-key-passphrase'), shortest: SHORTEST_PASSPHRASE }}
        />
      </div>
      <Problem {...problem} />
      {made > 0 && passphrase === undefined && <p role="status">{t('me.picture-key-made')}</p>}
      <div>
        <Button submits action="make-picture-key" disabled={busy || passphrase === undefined}>
          {t('me.picture-key-make')}
        </Button>
      </div>
    </Form>
  );
}

type Said = 'taken' | 'wrong' | 'no-copy' | 'other';

function TakeKey({ account, onTaken }: { readonly account: AccountId; readonly onTaken: () => void }) {
  const { t } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [file, setFile] = useState<File>();
  const [passphrase, setPassphrase] = useState('');
  const [said, setSaid] = useState<Said>();
  const take = () =>
    run(async () => {
      setSaid(undefined);
      const taken = await takeKeyCopy((await file?.text()) ?? '', { account, passphrase });
      if (typeof taken === 'string') return setSaid(taken);
      await keepOwnKey(taken);
      setPassphrase('');
      setSaid('taken');
      onTaken();
    });
  return (
    <details>
      <summary>{t('me.picture-key-take')}</summary>
      <Form onSend={take}>
        <div className="fields">
          <FileField
            {...{ name: 'key-copy', accept: '.json', label: t('me.picture-key-file') }}
            {...(file ? { hint: file.name } : {})}
            onFiles={([chosen]) => setFile(chosen)}
          />
          <TextField
            {...{ name: 'copy-passphrase', type: 'password', autoComplete: 'off', required: true }}
            {...{ label: t('me.picture-key-passphrase'), value: passphrase, onChange: setPassphrase }}
          />
        </div>
        <Problem {...problem} />
        {said && (
          <p role="status" className={said === 'taken' ? undefined : 'notice warn'} data-copy={said}>
            {t(`me.picture-key-${said}`)}
          </p>
        )}
        <div>
          <Button submits action="take-picture-key" disabled={busy || !file || passphrase === ''}>
            {t('me.picture-key-take-in')}
          </Button>
        </div>
      </Form>
    </details>
  );
}
