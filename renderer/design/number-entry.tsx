import { usePage } from '../context.ts';
import { Keypad } from './keypad.tsx';

type NumberEntryProps = {
  readonly unit?: string | undefined;
  readonly typed: string;
  readonly disabled: boolean;
  readonly onType: (typed: string) => void;
};

const LONGEST = 20;

/** A number, by keyboard or by touch. */
export function NumberEntry({ unit, typed, disabled, onType }: NumberEntryProps) {
  const { t } = usePage();
  const type = (text: string) => onType(text.slice(0, LONGEST));
  return (
    <div className="number-entry">
      <label className="field">
        {t('exam.number')}
        <span className="row">
          <input
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            disabled={disabled}
            maxLength={LONGEST}
            onChange={(event) => type(event.target.value)}
            name="number"
          />
          {unit && <span className="unit">{unit}</span>}
        </span>
      </label>
      {!disabled && (
        <Keypad onDigit={(digit) => type(typed + digit)} onErase={() => onType(typed.slice(0, -1))} extra="." />
      )}
    </div>
  );
}
