import { useId } from 'react';
import type { FieldProblem, ProvisionField } from '../../contract/page/provision.ts';
import { usePage } from '../context.ts';

export type Choice = { readonly value: string; readonly label: string };

export type SetUpFieldProps = {
  readonly field: ProvisionField;
  readonly value: string;
  readonly problem: FieldProblem | undefined;
  /** What there is to choose from; without, it is typed. */
  readonly choices?: readonly Choice[] | undefined;
  readonly onFocus: () => void;
  readonly onValue: (value: string) => void;
};

const SECRET: readonly ProvisionField[] = ['administratorPin'];

/** One field, what it is for, and what is wrong with it, beside it. */
export function SetUpField({ field, value, problem, choices, onFocus, onValue }: SetUpFieldProps) {
  const { t } = usePage();
  const [id, hint] = [useId(), useId()];
  const same = {
    ...{ id, name: field, value, onFocus },
    'aria-describedby': hint,
    'aria-invalid': problem !== undefined,
  } as const;
  return (
    <div className="set-up-field field" data-problem={problem}>
      <label htmlFor={id}>{t(`setup.${field}`)}</label>
      {choices ? (
        <select {...same} onChange={(event) => onValue(event.target.value)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          {...same}
          type={SECRET.includes(field) ? 'password' : 'text'}
          autoComplete="off"
          spellCheck={false}
          maxLength={400}
          onChange={(event) => onValue(event.target.value)}
        />
      )}
      <small id={hint} className={problem ? 'problem' : 'muted'}>
        {problem ? t(`provision.wrong.${problem}`) : t(`setup.${field}-hint`)}
      </small>
    </div>
  );
}
