/**
 * How the 256 bytes of a card's text are divided, one table per kind of card, in UTF-16 units (two bytes each).
 * Sources: FACTS section 3 for `resident` and `foreign`; the public structures of reader vendors (`passID`,
 * `tagIDCardInfor2023`) for `residence-permit` and `foreign-2023`, the card with an 18-digit number issued since 2023-12-01.
 *
 * A row named '' is reserved; a field named twice continues in its second row; `mark` says which kind of card it is.
 */
export const TEXT_UNITS = 128;

type Row = readonly [field: string, units: number];

export const LAYOUTS = {
  resident: [
    ['name', 15],
    ['sex', 1],
    ['nation', 2],
    ['birth', 8],
    ['address', 35],
    ['number', 18],
    ['issuer', 15],
    ['validFrom', 8],
    ['validTo', 8],
    ['', 18],
  ],
  'residence-permit': [
    ['name', 15],
    ['sex', 1],
    ['', 2],
    ['birth', 8],
    ['address', 35],
    ['number', 18],
    ['issuer', 15],
    ['validFrom', 8],
    ['validTo', 8],
    ['passNumber', 9],
    ['issueCount', 2],
    ['', 3],
    ['mark', 1],
    ['', 3],
  ],
  foreign: [
    ['name', 60],
    ['sex', 1],
    ['number', 15],
    ['nationality', 3],
    ['chineseName', 15],
    ['validFrom', 8],
    ['validTo', 8],
    ['birth', 8],
    ['version', 2],
    ['authority', 4],
    ['mark', 1],
    ['', 3],
  ],
  'foreign-2023': [
    ['chineseName', 15],
    ['sex', 1],
    ['renewals', 2],
    ['birth', 8],
    ['name', 35],
    ['number', 18],
    ['', 15],
    ['validFrom', 8],
    ['validTo', 8],
    ['name', 11],
    ['nationality', 3],
    ['mark', 1],
    ['previousNumber', 3],
  ],
} as const satisfies Record<string, readonly Row[]>;
export type CardKind = keyof typeof LAYOUTS;

/** UTF-16 units that a kind of card has for a field: what is longer was cut off when it was written. */
export const roomOf = (kind: CardKind, field: string): number =>
  LAYOUTS[kind].reduce((room, [name, units]: Row) => room + (name === field ? units : 0), 0);

/** The letter in `mark`. A resident card has none: there lies what this table calls reserved. */
const MARKS: Readonly<Record<string, Exclude<CardKind, 'resident'>>> = {
  I: 'foreign',
  J: 'residence-permit',
  Y: 'foreign-2023',
};
const MARK_AT = 124;

/** Anything unknown is taken for a resident card, whose number then must be right: reserved space is not always blank. */
export const kindOf = (text: string): CardKind => MARKS[text.charAt(MARK_AT)] ?? 'resident';

/** The fields as they lie on the card, without padding. */
export function cut(kind: CardKind, text: string): Record<string, string> {
  const fields: Record<string, string> = {};
  let at = 0;
  for (const [field, units] of LAYOUTS[kind]) {
    if (field !== '' && field !== 'mark') fields[field] = (fields[field] ?? '') + text.slice(at, at + units);
    at += units;
  }
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, unpad(value)]));
}

/** The opposite of `cut`; pads with spaces, as cards do. A value too long for its field would lose its end. */
export function paste(kind: CardKind, fields: Readonly<Record<string, string>>): string {
  const mark = Object.keys(MARKS).find((letter) => MARKS[letter] === kind) ?? '';
  const rest = new Map(Object.entries({ ...fields, mark }));
  return LAYOUTS[kind]
    .map(([field, units]: Row) => {
      const value = rest.get(field) ?? '';
      rest.set(field, value.slice(units));
      return value.slice(0, units).padEnd(units, ' ');
    })
    .join('');
}

/** Writers of cards pad with spaces or with zeros. */
const unpad = (value: string): string => value.replace(/^[\s\0]+|[\s\0]+$/g, '');
