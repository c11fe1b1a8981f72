import { z } from 'zod';
import { BankId, ItemId, OptionId, Sha256 } from './ids.ts';
import { Localized } from './localized.ts';
import { Pictures } from './pictures.ts';

export const ITEM_KINDS = ['true-false', 'single', 'multiple', 'numeric', 'text', 'order', 'match'] as const;
export const ItemKind = z.enum(ITEM_KINDS);
export type ItemKind = z.infer<typeof ItemKind>;

/** A part of a whole, 0..1. */
export const Share = z.number().min(0).max(1);

/** Where an item was read: what a clerk opens to mend it. */
const ItemSource = z.object({ file: z.string(), sheet: z.string().optional(), row: z.int().optional() }).readonly();
export type ItemSource = z.infer<typeof ItemSource>;

/** The right number, and how far from it an answer may be. */
export const NumericKey = z.object({ value: z.number(), tolerance: z.number().min(0) }).readonly();
export type NumericKey = z.infer<typeof NumericKey>;

export const MOST_OPTIONS = 12;
export const MOST_PREMISES = 12;
export const MOST_GAPS = 10;
/** The longest text that may be typed into a gap, in characters. */
export const MOST_WORDS = 200;

/** What counts as right in one gap: any of these, however it is typed. */
export const GapKey = z
  .object({
    accepted: z.array(z.string().min(1).max(MOST_WORDS)).min(1).max(20).readonly(),
    /** Capitals and small letters are not the same: a chemical symbol, a unit. */
    caseCounts: z.literal(true).optional(),
  })
  .readonly();
export type GapKey = z.infer<typeof GapKey>;

/** A case or a text that several items ask about: each of them shows it above its question. */
export const Passage = z.object({ text: Localized, pictures: Pictures.optional() }).readonly();
export type Passage = z.infer<typeof Passage>;
const asked = { passage: Passage.optional() };

/** Of an item that is answered with words: a key for each gap, in the order of the stem. It has no options. */
const words = { gaps: z.array(GapKey).min(1).max(MOST_GAPS).readonly().optional() };

/** Of an item that is answered with a number: it has no options. */
const numeric = {
  number: NumericKey.optional(),
  /** Behind the number: 米, %. */
  unit: z.string().min(1).max(20).optional(),
};

/** What is known of an item besides what it asks. */
const about = {
  /** Path, from the widest to the narrowest, parted by slashes. */
  topic: z.string(),
  /** What the candidate is told afterwards, in practice. */
  explanation: Localized.optional(),
  /** 0 is what everybody knows, 1 what nobody does. */
  difficulty: Share.optional(),
  /** Sector, key area and category of personnel: 干什么就考什么. */
  industry: z.string().optional(),
  area: z.string().optional(),
  category: z.string().optional(),
  /** Items that name the same are never in one form: one gives the other away. */
  enemies: z.string().min(1).optional(),
  /** Options stay as they are written: whoever wrote the item asked for it. */
  fixedOrder: z.literal(true).optional(),
  source: ItemSource.optional(),
};

/** Words, pictures, or both. */
export const ItemOption = z
  .object({ id: OptionId, text: Localized.optional(), pictures: Pictures.optional() })
  .readonly()
  .refine(({ text, pictures }) => text !== undefined || pictures !== undefined, { error: 'an option says something' });
export type ItemOption = z.infer<typeof ItemOption>;

/**
 * One question with its key. Crosses the wire only between center and station; a candidate's screen gets a
 * {@link import('./form.ts').FormItem}, which has no key.
 */
export const Item = z
  .object({
    id: ItemId,
    kind: ItemKind,
    /** This, what options say and the explanation may have formulas and tables: {@link import('../content/parse.ts').parseContent}. */
    stem: Localized,
    /** Under the stem. */
    pictures: Pictures.optional(),
    ...asked,
    options: z.array(ItemOption).max(MOST_OPTIONS).readonly(),
    /** What an option is put beside, in the order in which they are shown: of an item that asks for pairs. */
    premises: z.array(ItemOption).min(1).max(MOST_PREMISES).readonly().optional(),
    /** Which options are right; of an item that asks for an order, all of them in that order; of pairs, the one for each premise. */
    key: z.array(OptionId).readonly(),
    ...numeric,
    ...words,
    ...about,
  })
  .readonly()
  .refine(isWhole, {
    error:
      'a number has a value, a text gaps, pairs have premises; a number and a text have no options, any other item two and a key',
  })
  .refine((item) => item.key.every((id) => item.options.some((option) => option.id === id)), {
    error: 'the key names an option that is not there',
  })
  .refine(({ kind, key }) => kind === 'multiple' || kind === 'order' || kind === 'match' || key.length <= 1, {
    error: 'this kind of item has one key',
  })
  .refine((item) => item.premises === undefined || item.key.length === item.premises.length, {
    error: 'pairs have an option for each premise',
  })
  .refine((item) => item.kind !== 'order' || new Set(item.key).size === item.options.length, {
    error: 'an order has each option once',
  })
  .refine((item) => areDistinct(item.options) && areDistinct(item.premises ?? []), {
    error: 'two options are the same',
  });
export type Item = z.infer<typeof Item>;

function areDistinct(options: readonly ItemOption[]): boolean {
  return new Set(options.map(({ id }) => id)).size === options.length;
}

function isWhole(item: {
  readonly kind: ItemKind;
  readonly options: readonly unknown[];
  readonly key: readonly unknown[];
  readonly number?: NumericKey | undefined;
  readonly gaps?: readonly GapKey[] | undefined;
  readonly premises?: readonly unknown[] | undefined;
}): boolean {
  const { kind, options, key, number, gaps, premises } = item;
  if ((kind === 'numeric') !== (number !== undefined) || (kind === 'text') !== (gaps !== undefined)) return false;
  if ((kind === 'match') !== (premises !== undefined)) return false;
  const chosen = kind !== 'numeric' && kind !== 'text';
  return chosen ? options.length >= 2 && key.length >= 1 : options.length === 0 && key.length === 0;
}

export const Bank = z
  .object({
    id: BankId,
    title: Localized,
    /** SHA-256 of the canonical JSON of `items`: what an inspector redraws a form from. */
    hash: Sha256,
    items: z.array(Item).min(1).readonly(),
  })
  .readonly();
export type Bank = z.infer<typeof Bank>;

/** An option as somebody wrote it: its words, and the pictures beside them or in their place. */
export const OptionDraft = z
  .object({ ...Localized.unwrap().partial().shape, pictures: Pictures.optional() })
  .readonly()
  .refine(({ zh, en, pictures }) => zh !== undefined || (pictures !== undefined && en === undefined), {
    error: 'an option has Chinese text or pictures',
  });
export type OptionDraft = z.infer<typeof OptionDraft>;

/** An item as somebody wrote it: options in order, the key as positions in that order; of an order, as they follow; of pairs, one for each premise. */
export const ItemDraft = z
  .object({
    kind: ItemKind,
    stem: Localized,
    pictures: Pictures.optional(),
    ...asked,
    options: z.array(OptionDraft).readonly(),
    premises: z.array(OptionDraft).readonly().optional(),
    key: z.array(z.int().min(0)).readonly(),
    ...numeric,
    ...words,
    ...about,
  })
  .readonly();
export type ItemDraft = z.infer<typeof ItemDraft>;

/** A bank as a file that people write, such as the one this product ships. */
export const BankFile = z
  .object({
    title: Localized,
    items: z.array(ItemDraft).readonly(),
    /** Base64, by hash. */
    pictures: z.record(Sha256, z.base64()).optional(),
    /** Its items were in a bank: nobody asks again whether one speaks of a picture that it has not. */
    literal: z.literal(true).optional(),
  })
  .readonly();
export type BankFile = z.infer<typeof BankFile>;
