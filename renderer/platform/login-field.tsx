import { usePlatform } from './context.tsx';
import { TextField } from './fields.tsx';

type LoginFieldProps = {
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Whether it is of whoever types it: their browser may keep it. */
  readonly own?: boolean;
};

/** A login that is chosen, held to what logins are made of. Capital letters are taken as small ones. */
export function LoginField({ value, onChange, own = true }: LoginFieldProps) {
  const { t } = usePlatform();
  return (
    <TextField
      name="login"
      label={t('log-in.login')}
      {...{ value, onChange }}
      hint={t('accounts.login-hint')}
      pattern="[A-Za-z0-9][A-Za-z0-9._@\-]{2,63}"
      {...(own ? { autoComplete: 'username' } : {})}
      required
    />
  );
}

/** As it is asked for. */
export const loginOf = (typed: string): string => typed.trim().toLowerCase();
