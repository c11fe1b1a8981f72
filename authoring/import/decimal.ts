/** A decimal fraction as it was written: `digits` / 10^`places`, without what binary fractions add. */
export type Decimal = { readonly digits: bigint; readonly places: number };

const WRITTEN = /^([+-]?)(\d{1,40})?(?:\.(\d{0,40}))?(?:e([+-]?\d{1,2}))?$/i;

/** A number as programs write one: any digits, one point, an exponent; nothing where it is none. */
export function readDecimal(text: string): Decimal | undefined {
  const [, sign = '', whole = '', part = '', exponent = '0'] = WRITTEN.exec(text.trim()) ?? [];
  if (whole + part === '') return undefined;
  const digits = BigInt(`${whole}${part}`) * (sign === '-' ? -1n : 1n);
  const places = part.length - Number(exponent);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

/** The nearest number that a computer has. */
export const numberOf = ({ digits, places }: Decimal): number => Number(`${digits}e-${places}`);

const scaled = ({ digits, places }: Decimal, to: number): bigint => digits * 10n ** BigInt(to - places);

export const compareDecimals = (a: Decimal, b: Decimal): number => {
  const places = Math.max(a.places, b.places);
  const [p, q] = [scaled(a, places), scaled(b, places)];
  return p < q ? -1 : p > q ? 1 : 0;
};

/** What lies as far from one as from the other, and how far: of 0.5 and 0.7 it is 0.6 and 0.1. */
export function middleOf(from: Decimal, to: Decimal): { readonly middle: Decimal; readonly half: Decimal } {
  const places = Math.max(from.places, to.places);
  const [low, high] = [scaled(from, places), scaled(to, places)];
  return {
    middle: { digits: (low + high) * 5n, places: places + 1 },
    half: { digits: (high - low) * 5n, places: places + 1 },
  };
}

/** What a number is between, where it may be so far off. */
export function boundsOf(value: Decimal, off: Decimal): { readonly low: Decimal; readonly high: Decimal } {
  const places = Math.max(value.places, off.places);
  const [middle, half] = [scaled(value, places), scaled(off, places)];
  return { low: { digits: middle - half, places }, high: { digits: middle + half, places } };
}

/** As people write it, without an exponent: 0.00001. */
export function writeNumber(value: number): string {
  const decimal = readDecimal(String(value));
  if (!decimal) throw new RangeError(`${value} is no finite number`);
  const { digits, places } = decimal;
  const text = String(digits < 0n ? -digits : digits).padStart(places + 1, '0');
  const written = places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`.replace(/\.?0+$/, '');
  return digits < 0n ? `-${written}` : written;
}
