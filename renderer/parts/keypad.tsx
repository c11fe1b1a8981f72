import { usePage } from '../context.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

/** Digits to touch, for a terminal without a keyboard. */
export function Keypad({
  onDigit,
  onErase,
  extra,
}: {
  readonly onDigit: (digit: string) => void;
  readonly onErase: () => void;
  readonly extra?: string;
}) {
  const { t } = usePage();
  return (
    <div className="keypad">
      {DIGITS.map((digit) => (
        <button key={digit} type="button" onClick={() => onDigit(digit)}>
          {digit}
        </button>
      ))}
      {extra ? (
        <button type="button" onClick={() => onDigit(extra)}>
          {extra}
        </button>
      ) : (
        <span />
      )}
      <button type="button" onClick={() => onDigit('0')}>
        0
      </button>
      <button type="button" onClick={onErase} aria-label={t('type.erase')}>
        ⌫
      </button>
    </div>
  );
}
