import { usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';

export type SaidBy = { readonly proctor: string; readonly pin: string };

/** Whose word it is: a proctor's, by their PIN. */
export function ProctorFields({
  by,
  onChange,
  second = false,
}: {
  readonly by: SaidBy;
  readonly onChange: (by: SaidBy) => void;
  readonly second?: boolean;
}) {
  const { t } = usePlatform();
  return (
    <>
      <TextField
        name={second ? 'second-pin' : 'pin'}
        type="password"
        inputMode="numeric"
        autoComplete="off"
        label={t(second ? 'windows.second-pin' : 'windows.pin')}
        hint={t('windows.pin-hint')}
        value={by.pin}
        onChange={(pin) => onChange({ ...by, pin })}
        required={!second}
      />
      <TextField
        name={second ? 'second-proctor' : 'proctor'}
        label={t('windows.proctor')}
        hint={t('windows.proctor-hint')}
        value={by.proctor}
        onChange={(proctor) => onChange({ ...by, proctor })}
      />
    </>
  );
}
