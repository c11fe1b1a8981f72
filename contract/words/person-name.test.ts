import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareNames, isSameName, plainName } from './person-name.ts';
import { withGivenCharacters } from './private-characters.ts';

describe('two ways of writing one name', () => {
  it.each([
    ['blanks between two characters', '张　三', '张三'],
    ['a middle dot of each kind', '买买提·艾力', '买买提•艾力'],
    ['a katakana dot', '买买提・艾力', '买买提·艾力'],
    ['a half-width katakana dot', '买买提･艾力', '买买提·艾力'],
    ['a hyphenation point', '买买提‧艾力', '买买提·艾力'],
    ['a full-width stop', '买买提．艾力', '买买提·艾力'],
    ['a bullet operator', '买买提∙艾力', '买买提⋅艾力'],
    ['a syllabic dot', '买买提ᐧ艾力', '买买提·艾力'],
    ['a dot that is missing', '买买提艾力', '买买提·艾力'],
    ['a compatibility ideograph', '\u{f9d1}某', '六某'],
    ['a compatibility ideograph beyond the first plane', '\u{2f803}某', '\u{20122}某'],
    ['a selector of a glyph', '葛\u{e0100}某', '葛某'],
    ['a zero that was typed as a circle', '刘○一', '刘〇一'],
    ['a private code of GB 18030-2000 that Unicode has given one', '李\u{e864}', '李\u{9fbb}'],
    ['the same beyond the first plane', '李\u{e831}', '李\u{215d7}'],
    ['a rare character that takes two units', '李\u{2298f}', '李\u{2298f}'],
    ['case', 'Public John', 'PUBLIC JOHN'],
    ['full-width letters', 'ＰＵＢＬＩＣ　ＪＯＨＮ', 'PUBLIC JOHN'],
    ['family name last', 'JOHN PUBLIC', 'PUBLIC JOHN'],
    ['a comma', 'PUBLIC, JOHN', 'John Public'],
    ['given names apart', 'WANG XIAO MING', 'Xiaoming Wang'],
    ['a hyphen', 'WANG XIAO-MING', 'XIAO MING WANG'],
    ['accents', 'JOSE NUNEZ', 'José Núñez'],
    ['letters with a stroke', 'LUKASZ DURIC', 'Łukasz Đurić'],
    ['an apostrophe', 'O’BRIEN PAT', "Pat O'Brien"],
    ['a mark that is not seen', '张\u{200b}三\u{feff}', '张三'],
  ])('%s', (_, one, other) => {
    expect([compareNames(one, other), compareNames(other, one)]).toEqual(['same', 'same']);
  });

  it.each([
    ['王冒名', '张示范'],
    ['张三', '张三丰'],
    ['张三丰', '张三'],
    ['PUBLIC JOHN', 'PUBLIC JOAN'],
    ['PUBLIC JOHN', 'PUBLIC JOHN HENRY'],
    ['ALI BEN', 'ALIEN B'],
    ['未', '末'],
    ['', '张三'],
    ['·', '·'],
    ['か', 'が'],
  ])('%s is not %s', (one, other) => {
    expect(compareNames(one, other)).toBe('differs');
  });

  it.each([
    ['李\u{e003}', '李\u{3bac}'],
    ['李\u{f8ff}', '李堃'],
    ['李\u{f0001}', '李堃'],
    ['李?', '李堃'],
    ['李□', '李堃'],
    ['李\u{fffd}', '李堃'],
    ['李\u{e003}', '李\u{e003}'],
  ])('%s and %s agree as far as they can be read', (one, other) => {
    expect(compareNames(one, other)).toBe('unsure');
  });

  it('a character that cannot be read stands for one, and for no other place', () => {
    expect(compareNames('李\u{e003}', '李')).toBe('differs');
    expect(compareNames('李\u{e003}', '李小堃')).toBe('differs');
    expect(compareNames('王\u{e003}', '李堃')).toBe('differs');
  });
});

describe('a name that a card has no room for', () => {
  const LONG = '阿卜杜热合曼·阿卜杜热西提·阿卜杜拉';

  it('is the beginning of it, where the room is full', () => {
    expect(compareNames(LONG.slice(0, 15), LONG, 15)).toBe('same');
    expect(compareNames(LONG.slice(0, 15), LONG)).toBe('differs');
    expect(compareNames(LONG.slice(0, 13), LONG, 15)).toBe('differs');
    expect(compareNames(`王${LONG.slice(1, 15)}`, LONG, 15)).toBe('differs');
  });

  it('may end before a character that takes two units, or at a blank', () => {
    const rare = `${'阿'.repeat(14)}\u{20087}某`;
    expect(compareNames('阿'.repeat(14), rare, 15)).toBe('same');
    expect(compareNames('ABCDEFGHIJKLMN', 'ABCDEFGHIJKLMN OPQ', 15)).toBe('same');
  });

  it('is not sure where what is there cannot be read', () => {
    expect(compareNames(`${LONG.slice(0, 14)}\u{e003}`, LONG, 15)).toBe('unsure');
  });
});

const letter = fc.constantFrom(...'张王李赵阿卜杜热合曼\u{20087}\u{9fb4}堃');
const name = fc.array(letter, { minLength: 1, maxLength: 12 }).map((all) => all.join(''));
const gap = fc.constantFrom('', ' ', '·', '•', '・', '‧', '．', '　', '\u{200d}');
const anyText = fc
  .array(fc.nat(0x10ffff), { maxLength: 20 })
  .map((all) => all.map((c) => String.fromCodePoint(c)).join(''));

describe('whatever names there are', () => {
  it('a name with gaps of any kind is the same name', () => {
    fc.assert(
      fc.property(name, fc.array(gap, { minLength: 12, maxLength: 12 }), (one, gaps) => {
        expect(isSameName([...one].map((character, at) => `${character}${gaps[at]}`).join(''), one)).toBe(true);
      }),
    );
  });

  it('two names of other letters are never the same', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        expect(isSameName(one, other)).toBe(one === other);
      }),
    );
  });

  it('the order of the two does not matter', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, other) => {
        expect(compareNames(one, other)).toBe(compareNames(other, one));
      }),
    );
  });

  it('Latin names are the same in every order of their words', () => {
    const word = fc.stringMatching(/^[A-Z]{2,6}$/);
    const words = fc.array(word, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(
        words.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(compareNames(all.join(' '), shuffled.join(' '))).toBe('same');
        },
      ),
    );
  });

  it('any text can be compared, and what is the same stays so when it is compared in its plain form', () => {
    fc.assert(
      fc.property(anyText, (one) => {
        expect(compareNames(plainName(one), one)).not.toBe(plainName(one) === '' ? 'same' : 'differs');
      }),
    );
  });
});

it('every private code of the row has become a character of its own', () => {
  const row = Array.from({ length: 80 }, (_, at) => withGivenCharacters(String.fromCodePoint(0xe815 + at)));
  expect(new Set(row).size).toBe(80);
  expect(row.join('')).not.toMatch(/\p{Co}/u);
  // As they stand in GB 18030-2005, which moved six of them and in annexes more.
  const at = (code: number) => row[code - 0xe815]?.codePointAt(0)?.toString(16);
  expect([0xe816, 0xe81e, 0xe826, 0xe843, 0xe855, 0xe864].map(at)).toEqual([
    ...['20087', '9fb4', '9fb5', '9fb9', '241fe', '9fbb'],
  ]);
});
