import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharacter } from './citizen-number.ts';
import {
  bareNumber,
  DOCUMENT_KINDS,
  type DocumentKind,
  documentCalled,
  endingOf,
  maskIdNumber,
  parseIdNumber,
  soughtNumber,
} from './id-number.ts';

const withCheck = (first17: string): string => first17 + checkCharacter(first17);
const PERMIT = withCheck('81000019800101001');
const FOREIGN = withCheck('91100119800801001');
const read = (typed: string, told?: DocumentKind): string => {
  const parsed = parseIdNumber(typed, told);
  return parsed.ok ? `${parsed.kind} ${parsed.id}` : parsed.reason;
};

describe('a number that tells what it is of', () => {
  it.each([
    ['110105 19491231 002X', 'resident 11010519491231002X'],
    ['110105-19491231-002x', 'resident 11010519491231002X'],
    ['１１０１０５１９４９１２３１００２ｘ', 'resident 11010519491231002X'],
    ['\u{feff}11010519491231002X\u{200b}', 'resident 11010519491231002X'],
    ['110105—19491231–002X', 'resident 11010519491231002X'],
    [PERMIT, `residence-permit ${PERMIT}`],
    [FOREIGN, `foreign-permit ${FOREIGN}`],
    ['USA110080080110', 'foreign-permit USA110080080110'],
    ['usa 1100 800801 10', 'foreign-permit USA110080080110'],
  ])('%s', (typed, is) => expect(read(typed)).toBe(is));

  it.each([
    ['110105194912310021', 'number-checksum'],
    ['11010519491331002X', 'number-malformed'],
    ['1101051949123100', 'number-malformed'],
    ['USA11008008011', 'number-kind-unclear'],
    ['', 'number-malformed'],
    ['张三', 'number-malformed'],
    ['١٢٣٤٥٦٧٨', 'number-malformed'],
  ])('%s is none: %s', (typed, reason) => expect(read(typed)).toBe(reason));
});

describe('a number of which the kind must be told', () => {
  it.each([
    ['passport', 'e 1234 5678', 'passport:E12345678'],
    ['passport', '123456789', 'passport:123456789'],
    ['staff', 'a—0042', 'staff:A-0042'],
    ['staff', '0042', 'staff:0042'],
    ['taiwan', '1234 5678', 'taiwan:12345678'],
    ['hong-kong-macau', 'h12345678', 'hong-kong-macau:H12345678'],
    ['hong-kong-macau', 'H1234567802', 'hong-kong-macau:H12345678'],
    ['resident', PERMIT, PERMIT],
    ['foreign-permit', FOREIGN, FOREIGN],
  ] as const)('%s: %s', (kind, typed, id) => {
    const parsed = parseIdNumber(typed, kind);
    expect(parsed.ok && parsed.id).toBe(id);
    expect(read(`${kind}:${typed}`)).toBe(read(typed, kind));
  });

  it.each([
    ['passport', 'ABCDEF'],
    ['passport', 'E1234567890123456X'],
    ['staff', '-0042'],
    ['staff', 'A'.repeat(21)],
    ['staff', '工-0042'],
    ['taiwan', '1234567'],
    ['hong-kong-macau', 'A12345678'],
    ['residence-permit', '11010519491231002X'],
    ['foreign-permit', '11010519491231002X'],
    ['resident', 'E12345678'],
  ] as const)('%s is not %s', (kind, typed) => expect(read(typed, kind)).toBe('number-malformed'));

  it.each(['E12345678', 'H12345678', 'M1234567801', '12345678'])('%s may be of several', (typed) => {
    expect(read(typed)).toBe('number-kind-unclear');
  });

  it('may say so itself, in Chinese too, but not two things at once', () => {
    expect(read('护照：E12345678')).toBe('passport passport:E12345678');
    expect(read('工号:0042')).toBe('staff staff:0042');
    expect(read('台胞证: 12345678')).toBe('taiwan taiwan:12345678');
    expect(read('身份证：11010519491231002X')).toBe('resident 11010519491231002X');
    expect(read('passport:E12345678', 'staff')).toBe('number-malformed');
    expect(read('driving licence:E12345678')).toBe('number-malformed');
  });

  it('is called by what people call the document', () => {
    expect(
      ['居民身份证', '港澳居民来往内地通行证', '外国人永久居留身份证', '工 号', '往来港澳通行证'].map(documentCalled),
    ).toEqual([...['resident', 'hong-kong-macau', 'foreign-permit', 'staff', undefined]]);
    for (const kind of DOCUMENT_KINDS) expect(documentCalled(kind)).toBe(kind);
  });
});

describe('a number as a screen shows it', () => {
  it.each([
    ['11010519491231002X', '1101**********002X'],
    ['USA110080080110', 'USA1*******0110'],
    ['passport:E12345678', 'E1*****78'],
    ['staff:0042', '0**2'],
    ['staff:A', '*'],
  ])('%s', (id, masked) => expect(maskIdNumber(id)).toBe(masked));
});

const anyText = fc.array(fc.nat(0xffff), { maxLength: 40 }).map((units) => String.fromCharCode(...units));
const numberLike = fc.stringMatching(/^[A-Za-z0-9 -]{1,22}$/);

describe('whatever is typed', () => {
  const kind = fc.option(fc.constantFrom(...DOCUMENT_KINDS), { nil: undefined });

  it('what was read is read again as itself', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, numberLike), kind, (typed, told) => {
        const parsed = parseIdNumber(typed, told);
        if (!parsed.ok) return;
        expect(parseIdNumber(parsed.id)).toEqual(parsed);
        expect(soughtNumber(parsed.id)).toBe(parsed.id);
      }),
      { numRuns: 2_000 },
    );
  });

  it('two kinds never have one number in common', () => {
    fc.assert(
      fc.property(numberLike, (typed) => {
        const ids = (['hong-kong-macau', 'taiwan', 'passport', 'staff'] as const).flatMap((told) => {
          const parsed = parseIdNumber(typed, told);
          return parsed.ok ? [parsed.id] : [];
        });
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('a mask never shows a whole number', () => {
    fc.assert(
      fc.property(numberLike, (typed) => {
        const parsed = parseIdNumber(typed, 'staff');
        if (!parsed.ok) return;
        expect(maskIdNumber(parsed.id)).toContain('*');
        expect(maskIdNumber(parsed.id)).toHaveLength(bareNumber(parsed.id).length);
      }),
    );
  });
});

it.each([
  ['11010519491231002X', '002X'],
  ['passport:E12345678', '5678'],
  ['staff:A-0042', '0042'],
  ['staff:12', '12'],
])('%s ends in %s, and never in the word before it', (number, ending) => expect(endingOf(number)).toBe(ending));
