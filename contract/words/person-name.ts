import { withGivenCharacters } from './private-characters.ts';

/**
 * Whether two ways of writing a name are of one name. `unsure` where they agree but for a character that cannot be read: a private
 * code of some old register, or what a program put in place of a rare character.
 */
export type NameAgreement = 'same' | 'unsure' | 'differs';

/** Stands for a character that cannot be read. */
const UNREAD = '\u{fffd}';
/** What programs write where they lack a character, and codes whose character only the owner of a font knows. */
const UNREADABLE = /[?？□〓*＊\u{fffd}]|\p{Co}/gu;
/** The zero of Chinese years and names, and the circles that are typed for it. */
const ZEROS = /[○◯⭘]/gu;
const ZERO = String.fromCodePoint(0x3007);
/** Neither a letter nor a sign of one: blanks, dots between the parts of a name, hyphens. */
const BETWEEN = /[^\p{L}\p{M}\p{N}\u{fffd}]/gu;
/** Accents, and selectors of one glyph among several of a character. */
const MARKS = /[\u0300-\u036f\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
/** Syllabics final dot: a letter by its class, and in names of no other use than the middle dot it looks like. */
const LETTER_DOTS = /[ᐧ]/gu;

/** Letters with a stroke, which no compatibility form takes off: cards and passports print them without. */
const STROKES: Readonly<Record<string, string>> = { Ł: 'L', Đ: 'D', Ħ: 'H', Ŧ: 'T' };

/** However it was typed: widths, compatibility forms, private codes, case and accents of Latin letters. */
const folded = (name: string): string =>
  withGivenCharacters(name)
    .replace(UNREADABLE, UNREAD)
    .replace(ZEROS, ZERO)
    .replace(LETTER_DOTS, ' ')
    .normalize('NFKD')
    .replace(MARKS, '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[ŁĐĦŦ]/g, (letter) => STROKES[letter] ?? letter);

const plain = (text: string): string => text.replace(BETWEEN, '');

/** A name without what lies between its letters, for lists that are searched and for names of files. */
export const plainName = (name: string): string => plain(folded(name));

/** @param room UTF-16 units that a card has for its name: what is longer is cut off there */
export function compareNames(onCard: string, onRoster: string, room = Number.POSITIVE_INFINITY): NameAgreement {
  const [card, roster] = [folded(onCard), folded(onRoster)];
  if (plain(card) === '' || plain(roster) === '') return 'differs';
  const whole = agree(plain(card), plain(roster));
  if (whole !== 'differs') return whole;
  if (isLatin(card) && isLatin(roster) && sameWords(card, roster)) return 'same';
  return isFull(onCard, room) ? beginsLike(plain(card), plain(roster)) : 'differs';
}

export const isSameName = (one: string, other: string): boolean => compareNames(one, other) === 'same';

/** A card may lack its last unit too: a blank that fell there, or half of a character that takes two. */
const isFull = (onCard: string, room: number): boolean => onCard.length >= room - 1;

/** Character by character; one that cannot be read agrees with any, of which nobody can be sure. */
function agree(one: string, other: string): NameAgreement {
  const [left, right] = [[...one], [...other]];
  if (left.length !== right.length) return 'differs';
  const pairs = left.map((character, at) => [character, right[at]] as const);
  if (!pairs.every(([a, b]) => a === b || a === UNREAD || b === UNREAD)) return 'differs';
  // Where both lack the same, nobody knows either.
  return pairs.some((pair) => pair.includes(UNREAD)) ? 'unsure' : 'same';
}

function beginsLike(cut: string, whole: string): NameAgreement {
  const length = [...cut].length;
  return agree(cut, [...whole].slice(0, length).join(''));
}

const isLatin = (name: string): boolean => /^\p{Script=Latin}+$/u.test(plain(name));

/** More words are not put in every order. */
const MOST_WORDS = 5;

/** Family name first or last, given names apart or as one word. */
function sameWords(one: string, other: string): boolean {
  const [left, right] = [wordsOf(one), wordsOf(other)];
  if (left.toSorted().join(' ') === right.toSorted().join(' ')) return true;
  if (plain(one).length !== plain(other).length || Math.max(left.length, right.length) > MOST_WORDS) return false;
  const orders = new Set(ordersOf(left));
  return ordersOf(right).some((order) => orders.has(order));
}

const wordsOf = (name: string): readonly string[] => name.split(BETWEEN).filter(Boolean);

/** All words in every order, written together. */
function ordersOf(words: readonly string[]): readonly string[] {
  if (words.length < 2) return words;
  return words.flatMap((word, at) => ordersOf(words.toSpliced(at, 1)).map((rest) => word + rest));
}
