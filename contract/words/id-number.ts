import { z } from 'zod';
import { birthDateOf as birthDateOfCitizen, parseCitizenNumber } from './citizen-number.ts';
import type { Reason } from './reasons.ts';

/**
 * Documents by whose number somebody can be on a roster. `residence-permit` is that of residents of Hong Kong, Macau and Taiwan,
 * `foreign-permit` that of foreigners who live here for good, `hong-kong-macau` and `taiwan` are the permits to travel to the
 * mainland, `staff` a number that the firm gave.
 */
export const DOCUMENT_KINDS = [
  ...(['resident', 'residence-permit', 'foreign-permit', 'hong-kong-macau', 'taiwan'] as const),
  ...(['passport', 'staff'] as const),
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/**
 * A number as it is kept, compared and hashed: always written the same way. Bare where its form tells what it is of
 * (`11010519491231002X`, `USA110080080110`), else with the kind before it (`passport:E12345678`, `staff:A-0042`).
 */
export type IdNumber = string & { readonly __brand: 'IdNumber' };

export type NumberProblem = Extract<Reason, 'number-malformed' | 'number-checksum' | 'number-kind-unclear'>;
export type ParsedNumber =
  | { readonly ok: true; readonly kind: DocumentKind; readonly id: IdNumber }
  | { readonly ok: false; readonly reason: NumberProblem };

/** More is no number of anybody, with its kind and all blanks that somebody typed. */
export const LONGEST_ID_NUMBER = 60;
/** As somebody typed it: whoever takes it reads it by {@link parseIdNumber}. */
export const TypedIdNumber = z.string().trim().min(1).max(LONGEST_ID_NUMBER);

/** What is typed around a number and is no part of it: blanks, dashes of all kinds, marks that are not seen. */
const AROUND = /[\s\p{Cf}]/gu;
const DASHES = /\p{Pd}/gu;

/** Numbers whose kind their form does not tell: how each is written, and what of it is kept. */
const NAMED: Readonly<Partial<Record<DocumentKind, (plain: string) => string | undefined>>> = {
  // The two last digits of an old one count how often it was issued; the nine before are the holder's for good.
  'hong-kong-macau': (plain) => /^([HM]\d{8})(\d{2})?$/.exec(plain.replace(DASHES, ''))?.[1],
  taiwan: (plain) => /^\d{8}$/.exec(plain.replace(DASHES, ''))?.[0],
  passport: (plain) => /^(?=.*\d)[A-Z0-9]{5,17}$/.exec(plain.replace(DASHES, ''))?.[0],
  staff: (plain) => /^(?=.{1,20}$)[A-Z0-9]+(-[A-Z0-9]+)*$/.exec(plain.replace(DASHES, '-'))?.[0],
};

/** What people call the documents, in tables and before a number. */
const CALLED: readonly (readonly [DocumentKind, RegExp])[] = [
  ['resident', /^((中华人民共和国)?(居民|公民)?身份证(号|号码)?|resident|idcard)$/i],
  ['residence-permit', /^((港澳台|港澳|台湾)(居民)?居住证|residence-?permit)$/i],
  ['foreign-permit', /^((外国人|外籍)?永久居留(身份)?证|foreign-?permit)$/i],
  ['hong-kong-macau', /^(港澳居民来往内地通行证|(港澳)?回乡证|hong-?kong-?macau)$/i],
  ['taiwan', /^(台湾居民来往大陆通行证|台胞证|taiwan)$/i],
  ['passport', /^((外国|中国|因私|因公|普通)?护照(号|号码)?|passport)$/i],
  ['staff', /^((员|职|人员)?工(作)?(号|编号|证号)|staff(number)?|employee(number)?)$/i],
];

/** @returns which document is called so, in Chinese or English; nothing where none is */
export function documentCalled(name: string): DocumentKind | undefined {
  const plain = name.normalize('NFKC').replace(AROUND, '');
  return CALLED.find(([, pattern]) => pattern.test(plain))?.[0];
}

/**
 * A number as somebody typed it, by whatever keyboard: `110105 19491231 002x`, `passport:e12345678`, `护照：E12345678`.
 * @param told which document it is of, where that is said apart; else its form or the word before it must tell
 * @returns `number-kind-unclear` where it can be of several documents and nobody says of which
 */
export function parseIdNumber(typed: string, told?: DocumentKind): ParsedNumber {
  const [, word, rest] = /^([^:]*):(.*)$/s.exec(typed.normalize('NFKC')) ?? [];
  const before = word === undefined ? undefined : documentCalled(word);
  if (word !== undefined && (!before || (told && told !== before))) return { ok: false, reason: 'number-malformed' };
  const plain = (rest ?? typed).normalize('NFKC').replace(AROUND, '').toUpperCase();
  const kind = told ?? before;
  return kind ? ofKind(kind, plain) : byForm(plain);
}

function ofKind(kind: DocumentKind, plain: string): ParsedNumber {
  const named = NAMED[kind];
  if (named) {
    const number = named(plain);
    return number ? { ok: true, kind, id: `${kind}:${number}` as IdNumber } : { ok: false, reason: 'number-malformed' };
  }
  const bare = byBareForm(plain);
  // Whoever keeps a list calls each of these an identity card; which one it is the number says itself.
  return bare.ok && kind !== 'resident' && bare.kind !== kind ? { ok: false, reason: 'number-malformed' } : bare;
}

function byForm(plain: string): ParsedNumber {
  const bare = byBareForm(plain);
  if (bare.ok || bare.reason === 'number-checksum') return bare;
  return mayBeNamed(plain.replace(DASHES, '')) ? { ok: false, reason: 'number-kind-unclear' } : bare;
}

/** Digits alone are rather an identity number of which some are missing, but for the eight that one kind of permit has. */
const mayBeNamed = (plain: string): boolean =>
  NAMED.taiwan?.(plain) !== undefined || (/[A-Z]/.test(plain) && NAMED.passport?.(plain) !== undefined);

/** Those of which the form tells what they are of. */
function byBareForm(plain: string): ParsedNumber {
  const bare = plain.replace(DASHES, '');
  if (/^[A-Z]{3}\d{12}$/.test(bare)) return { ok: true, kind: 'foreign-permit', id: bare as IdNumber };
  const parsed = parseCitizenNumber(bare);
  if (!parsed.ok) return parsed;
  return { ok: true, kind: kindOfEighteen(parsed.number), id: parsed.number as string as IdNumber };
}

/** One rule, three documents: regions 810000, 820000 and 830000 are of Hong Kong, Macau and Taiwan, and 9 begins a foreigner's. */
function kindOfEighteen(number: string): DocumentKind {
  if (number.startsWith('9')) return 'foreign-permit';
  return /^8[123]0000/.test(number) ? 'residence-permit' : 'resident';
}

/** The same text where it is a number, as numbers are kept; else as it is, in capitals: what was never kept is never found. */
export function soughtNumber(typed: string): string {
  const parsed = parseIdNumber(typed);
  return parsed.ok ? parsed.id : typed.trim().toUpperCase();
}

/** How a number begins as it is kept, of which somebody typed the beginning: `passport:e12`, `护照：E12`, `1101 05`. */
export function beginningOfNumber(typed: string): string {
  const [, word = '', rest] = /^([^:]*):(.*)$/s.exec(typed.normalize('NFKC')) ?? [];
  const kind = documentCalled(word);
  const plain = (rest ?? typed).normalize('NFKC').replace(AROUND, '').toUpperCase();
  return kind && NAMED[kind] ? `${kind}:${plain}` : plain;
}

/** What stands on the document, without the word for its kind. */
export const bareNumber = (id: string): string => id.slice(id.indexOf(':') + 1);

/** The last four characters of what stands on the document: to tell two people of one name apart. */
export const endingOf = (id: string): string => bareNumber(id).slice(-4);

/** For a screen: enough to say "that is mine", not enough to copy. */
export function maskIdNumber(id: string): string {
  const bare = bareNumber(id);
  const shown = bare.length >= 15 ? 4 : bare.length >= 8 ? 2 : 1;
  if (bare.length <= 2) return '*'.repeat(bare.length);
  return `${bare.slice(0, shown)}${'*'.repeat(bare.length - 2 * shown)}${bare.slice(-shown)}`;
}

/** What the number says of when its owner was born, as `YYYY-MM-DD`; nothing where it does not say. */
export const birthDateOf = (id: string): string | undefined => birthDateOfCitizen(id);
