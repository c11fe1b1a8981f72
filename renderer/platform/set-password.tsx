import { useState } from 'react';
import { usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';

const SHORTEST_PASSWORD = 10;

/** A password, and it once more: `onType` is told it only where both are the same and it is long enough. */
export function NewPassword({ onType }: { readonly onType: (password: string | undefined) => void }) {
  const { t } = usePlatform();
  const [typed, setTyped] = useState({ once: '', again: '' });
  const set = (next: typeof typed) => {
    setTyped(next);
    onType(next.once === next.again && next.once.length >= SHORTEST_PASSWORD ? next.once : undefined);
  };
  const differ = typed.again !== '' && typed.once !== typed.again;
  return (
    <>
      <TextField
        name="password"
        type="password"
        label={t('password.new')}
        hint={t('password.hint', { count: SHORTEST_PASSWORD })}
        value={typed.once}
        onChange={(once) => set({ ...typed, once })}
        autoComplete="new-password"
        required
      />
      <TextField
        name="again"
        type="password"
        label={t('password.again')}
        hint={differ ? t('password.differ') : undefined}
        value={typed.again}
        onChange={(again) => set({ ...typed, again })}
        autoComplete="new-password"
        required
      />
    </>
  );
}
