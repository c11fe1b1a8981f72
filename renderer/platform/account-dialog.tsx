import { useState } from 'react';
import { type Account, accountEndpoints } from '../../contract/platform/accounts.ts';
import { Button } from '../design/button.tsx';
import { Dialog } from '../design/dialog.tsx';
import { usePlatform } from './context.tsx';
import { Problem } from './problem.tsx';
import { invitationLink, ToldOnce } from './told-once.tsx';
import { useDeed } from './use-deed.ts';

type AccountDialogProps = {
  readonly account: Account;
  readonly onChanged: () => void;
  readonly onClose: () => void;
};

/** What can be done with an account: a new link where somebody forgot their password, and its end. */
export function AccountDialog({ account, onChanged, onClose }: AccountDialogProps) {
  const { t, ask } = usePlatform();
  const { busy, run, ...problem } = useDeed();
  const [secret, setSecret] = useState<string>();
  const [ending, setEnding] = useState(false);
  const asked = { params: { id: account.id } };
  const recover = () => run(async () => setSecret((await ask(accountEndpoints.recover, asked)).secret));
  const end = () =>
    run(async () => {
      await ask(accountEndpoints.end, asked);
      onChanged();
    });
  return (
    <Dialog title={account.name} onClose={secret ? onChanged : onClose}>
      <dl className="facts">
        <dt>{t('log-in.login')}</dt>
        <dd>{account.login}</dd>
        <dt>{t('accounts.factors')}</dt>
        <dd>{account.factors.map((one) => t(`factor.${one}`)).join(', ') || t('app.none')}</dd>
      </dl>
      {secret && <ToldOnce label={t('accounts.link')} secret={invitationLink(secret)} />}
      <Problem {...problem} />
      {ending && <p>{t('accounts.end-means')}</p>}
      <div className="sheet-deeds">
        <Button action="recover" disabled={busy || account.state === 'ended'} onPress={recover}>
          {t('accounts.recover')}
        </Button>
        <Button
          look="danger"
          action={ending ? 'end-account' : 'ask-end'}
          disabled={busy || account.state === 'ended'}
          onPress={ending ? end : () => setEnding(true)}
        >
          {t(ending ? 'accounts.end-really' : 'accounts.end')}
        </Button>
      </div>
    </Dialog>
  );
}
