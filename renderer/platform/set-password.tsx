import { useState } from 'react';
import { usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';

const SHORTEST_PASSWORD = 10;

type NewPasswordProps = {
  readonly onType: (password: string | undefined) => void;
  /** What is asked for, where it is no password of the account: browsers keep that one for logging in. */
  readonly passphrase?: { readonly label: string; readonly shortest: number };
};

/** A password, and it once more: `onType` is told it only where both are the same and it is long enough. */
export function NewPassword({ onType, passphrase }: NewPasswordProps) {
  const { t } = usePlatform();
  const { label = t('password.new'), shortest = SHORTEST_PASSWORD } = passphrase ?? {};
  const names = passphrase ? (['passphrase', 'passphrase-again'] as const) : (['password', 'again'] as const);
  const autoComplete = passphrase ? 'off' : 'new-password';
  const [typed, setTyped] = useState({ once: '', again: '' });
  const set = (next: typeof typed) => {
    setTyped(next);
    onType(next.once === next.again && next.once.length >= shortest ? next.once : undefined);
  };
  const differ = typed.again !== '' && typed.once !== typed.again;
  return (
    <>
      <TextField
        name={names[0]}
        type="password"
        label={label}
        hint={t('password.hint', { count: shortest })}
        value={typed.once}
        onChange={(once) => set({ ...typed, once })}
        autoComplete={autoComplete}
        required
      />
      <TextField
        name={names[1]}
        type="password"
        label={t('password.again')}
        hint={differ ? t('password.differ') : undefined}
        value={typed.again}
        onChange={(again) => set({ ...typed, again })}
        autoComplete={autoComplete}
        required
      />
    </>
  );
}
