import { useState } from 'react';
import { Button } from '../design/button.tsx';
import { usePlatform } from './context.tsx';

type ToldOnceProps = {
  readonly label: string;
  /** A link or a secret: shown now, and never again. */
  readonly secret: string;
};

export function ToldOnce({ label, secret }: ToldOnceProps) {
  const { t } = usePlatform();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard?.writeText(secret).then(
      () => setCopied(true),
      () => undefined,
    );
  return (
    <div className="told-once">
      <label className="field">
        <span className="label">{label}</span>
        <input readOnly value={secret} name="told" onFocus={(event) => event.target.select()} />
      </label>
      <p className="muted">{t('told.once')}</p>
      <Button action="copy" onPress={copy}>
        {t(copied ? 'told.copied' : 'told.copy')}
      </Button>
    </div>
  );
}

/** Where somebody sets their password with it: this very address. Behind the `#`, where no server hears of it. */
export const invitationLink = (secret: string): string =>
  `${location.origin}${location.pathname}#/invitation/${encodeURIComponent(secret)}`;
