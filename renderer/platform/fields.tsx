import { type ReactNode, useId } from 'react';

type FieldProps = {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly required?: boolean;
  readonly disabled?: boolean;
};

type TextFieldProps = FieldProps & {
  readonly type?: 'text' | 'password' | 'search' | 'date' | 'datetime-local' | 'number' | 'email';
  readonly autoComplete?: string;
  readonly inputMode?: 'numeric' | 'text';
  readonly pattern?: string;
  readonly min?: number;
  readonly step?: 'any';
  readonly max?: number;
};

/** From where the clock of this machine counts, at a time that was typed: UTC+8. */
function zoneOf(typed: string): string {
  const at = new Date(typed);
  const minutes = -(Number.isNaN(at.getTime()) ? new Date() : at).getTimezoneOffset();
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest > 0 ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** A line to type into, with what it is called above it and what helps below. */
export function TextField(props: TextFieldProps) {
  const {
    name,
    label,
    value,
    onChange,
    hint: more,
    required = false,
    disabled = false,
    type = 'text',
    ...rest
  } = props;
  const hintId = useId();
  const hint = [more, type === 'datetime-local' ? zoneOf(value) : undefined].filter(Boolean).join(' · ');
  return (
    <label className="field">
      <span className="label">{label}</span>
      <input
        {...{ name, type, value, required, disabled, ...rest }}
        {...(hint ? { 'aria-describedby': hintId } : {})}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint && (
        <small id={hintId} className="muted">
          {hint}
        </small>
      )}
    </label>
  );
}

export type Choice = { readonly value: string; readonly label: string };

/** One of a few. */
export function ChoiceField(props: FieldProps & { readonly choices: readonly Choice[] }) {
  const { name, label, value, onChange, hint, choices, required = false, disabled = false } = props;
  return (
    <label className="field">
      <span className="label">{label}</span>
      <select {...{ name, value, required, disabled }} onChange={(event) => onChange(event.target.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      {hint && <small className="muted">{hint}</small>}
    </label>
  );
}

type CheckFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (on: boolean) => void;
};

/** Something that is or is not so. */
export const CheckField = ({ name, label, value, onChange }: CheckFieldProps) => (
  <label className="check">
    <input type="checkbox" name={name} checked={value} onChange={(event) => onChange(event.target.checked)} />
    <span>{label}</span>
  </label>
);

/** Fields that are filled in and sent at once, by their button or by Enter. */
export function Form({ onSend, children }: { readonly onSend: () => unknown; readonly children: ReactNode }) {
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      {children}
    </form>
  );
}
