import { TextField } from './fields.tsx';

type NumberFieldProps = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
};

/** A number; nothing while the field is empty. */
export const NumberField = ({ value, onChange, ...field }: NumberFieldProps) => (
  <TextField
    {...field}
    type="number"
    min={0}
    step="any"
    value={value === undefined ? '' : String(value)}
    onChange={(typed) => onChange(typed === '' ? undefined : Number(typed))}
  />
);
