/**
 * The text of an identity card: 256 bytes of UTF-16LE in one of four layouts (`card-layout.ts`) to a checked value and
 * back. A card is input from outside: what cannot be is a fault, never an exception, and a fault never repeats what the
 * card said (it may end up in a log).
 */
import { z } from 'zod';
import { parseCitizenNumber } from '../../contract/words/citizen-number.ts';
import { type CardKind, cut, kindOf, paste } from './card-layout.ts';
import { TEXT_BYTES } from './samv-tables.ts';

/** GB/T 2261.1: the digit on the card. */
const SEXES = { '0': 'unknown', '1': 'male', '2': 'female', '9': 'unstated' } as const;
const LONG_TERM = '长期';

/**
 * What no printer prints: controls, breaks of lines, code points that stand for nothing. Private ones pass, because police
 * fonts keep rare characters of names there, and so does the room for ideographs that Unicode has not given out yet.
 */
const UNPRINTABLE = /(?![\u{20000}-\u{3fffd}])[\p{Cc}\p{Cn}\p{Zl}\p{Zp}]/u;

const clean = (units: number, least = 0) =>
  z
    .string()
    .min(least)
    .max(units)
    .refine((text) => text.isWellFormed() && text === text.trim() && !UNPRINTABLE.test(text));

const citizenNumber = z.string().transform((text, context) => {
  const parsed = parseCitizenNumber(text);
  if (parsed.ok) return parsed.number;
  context.addIssue({ code: 'custom', message: parsed.reason });
  return z.NEVER;
});

/** ISO 8601, `YYYY-MM-DD`. */
const date = z.iso.date();

/** What every kind of card says. */
const common = {
  sex: z.enum(['unknown', 'male', 'female', 'unstated']),
  birth: date,
  validFrom: date,
  /** The last day, or no last day (长期, given from 46 years of age). */
  validTo: z.union([date, z.literal('long-term')]),
};

/** Of residence permits: built like a citizen number, of the region Hong Kong 810000, Macau 820000 or Taiwan 830000. */
const isPermit = (number: string): boolean => /^8[123]0000/.test(number);
/** Of foreigners since 2023: built like a citizen number, and begins with 9. */
const isForeign = (number: string): boolean => number.startsWith('9');

const ResidentCard = z
  .object({
    kind: z.literal('resident'),
    name: clean(15, 1),
    ...common,
    /** Ethnic group: 01 (Han) to 56 by GB/T 3304; registers number peoples above that which the standard does not name. */
    nation: z.string().regex(/^(?!00)\d{2}$/),
    address: clean(35),
    /** None that only the other kinds have: a card of theirs whose mark was damaged would else pass for one of these. */
    number: citizenNumber.refine((number) => !isPermit(number) && !isForeign(number)),
    issuer: clean(15),
  })
  .readonly();

const ResidencePermit = z
  .object({
    kind: z.literal('residence-permit'),
    name: clean(15, 1),
    ...common,
    address: clean(35),
    number: citizenNumber.refine(isPermit),
    issuer: clean(15),
    /** Of the travel permit it goes with. */
    passNumber: clean(9),
    issueCount: z.string().regex(/^\d{0,2}$/),
  })
  .readonly();

const ForeignCard = z
  .object({
    kind: z.literal('foreign'),
    /** In Latin letters. */
    name: clean(60, 1),
    chineseName: clean(15),
    ...common,
    /** Three letters and twelve digits. */
    number: z.string().regex(/^[A-Z]{3}\d{12}$/),
    /** ISO 3166 alpha-3. */
    nationality: z.string().regex(/^[A-Z]{3}$/),
    version: clean(2),
    authority: clean(4),
  })
  .readonly();

const ForeignCard2023 = z
  .object({
    kind: z.literal('foreign-2023'),
    name: clean(46, 1),
    chineseName: clean(15),
    ...common,
    number: citizenNumber.refine(isForeign),
    nationality: z.string().regex(/^([A-Z]{3}|\d{3})$/),
    renewals: z.string().regex(/^\d{0,2}$/),
    /** What of the number of an earlier card cannot be derived from the new one. */
    previousNumber: clean(3),
  })
  .readonly();

/** What an identity card says about its holder; `name` is what to call the person, whatever the kind of card. */
export const CardText = z
  .discriminatedUnion('kind', [ResidentCard, ResidencePermit, ForeignCard, ForeignCard2023])
  .refine((card) => card.validTo === 'long-term' || card.validFrom <= card.validTo, { path: ['validTo'] });
export type CardText = z.infer<typeof CardText>;
/** The same before its number is checked: what a test or the emulator writes down. */
export type CardTextInput = z.input<typeof CardText>;

export type CardTextFault =
  | { readonly fault: 'text-length'; readonly bytes: number }
  | { readonly fault: 'text-field'; readonly kind: CardKind; readonly field: string };

/** @param block the 256 bytes of text of a read reply */
export function parseCardText(
  block: Uint8Array,
): { readonly ok: true; readonly card: CardText } | ({ readonly ok: false } & CardTextFault) {
  if (block.length !== TEXT_BYTES) return { ok: false, fault: 'text-length', bytes: block.length };
  const text = Buffer.from(block.buffer, block.byteOffset, block.length).toString('utf16le');
  const kind = kindOf(text);
  const { sex = '', birth = '', validFrom = '', validTo = '', ...fields } = cut(kind, text);
  const parsed = CardText.safeParse({
    ...fields,
    kind,
    sex: SEXES[sex as keyof typeof SEXES],
    birth: fromDigits(birth),
    validFrom: fromDigits(validFrom),
    validTo: validTo === LONG_TERM ? 'long-term' : fromDigits(validTo),
  });
  if (parsed.success) return { ok: true, card: parsed.data };
  return { ok: false, fault: 'text-field', kind, field: String(parsed.error.issues[0]?.path[0] ?? 'kind') };
}

/**
 * The block a card with this text would give, for the emulator and tests.
 * @throws ZodError where no card can say that
 */
export function encodeCardText(input: CardTextInput): Uint8Array {
  const { kind, ...card } = CardText.parse(input);
  const text = paste(kind, {
    ...card,
    sex: Object.keys(SEXES).find((digit) => SEXES[digit as keyof typeof SEXES] === card.sex) ?? '0',
    birth: toDigits(card.birth),
    validFrom: toDigits(card.validFrom),
    validTo: card.validTo === 'long-term' ? LONG_TERM : toDigits(card.validTo),
  });
  return new Uint8Array(Buffer.from(text, 'utf16le'));
}

/** Leaves what is no date as it is: the schema then refuses it. */
const fromDigits = (yyyymmdd: string): string => yyyymmdd.replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3');
const toDigits = (isoDate: string): string => isoDate.replaceAll('-', '');
