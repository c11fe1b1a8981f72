import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharacter } from '../../contract/words/citizen-number.ts';
import { LAYOUTS, TEXT_UNITS } from './card-layout.ts';
import { type CardTextInput, encodeCardText, parseCardText } from './card-text.ts';

const resident = {
  kind: 'resident',
  name: '张三',
  sex: 'female',
  nation: '01',
  birth: '1949-12-31',
  address: '北京市东城区某街1号',
  number: '11010519491231002X',
  issuer: '北京市公安局东城分局',
  validFrom: '2010-06-01',
  validTo: 'long-term',
} as const satisfies CardTextInput;

const permit = {
  kind: 'residence-permit',
  name: '陈大文',
  sex: 'male',
  birth: '1990-03-07',
  address: '广东省深圳市福田区某路2号',
  number: withCheck('81000019900307123'),
  issuer: '深圳市公安局福田分局',
  validFrom: '2019-01-02',
  validTo: '2024-01-02',
  passNumber: 'H12345678',
  issueCount: '01',
} as const satisfies CardTextInput;

const foreign = {
  kind: 'foreign',
  name: 'SMITH, JOHN EDWARD',
  chineseName: '约翰',
  sex: 'male',
  number: 'USA110080010100',
  nationality: 'USA',
  birth: '1980-01-01',
  validFrom: '2018-05-06',
  validTo: '2028-05-05',
  version: '01',
  authority: '1500',
} as const satisfies CardTextInput;

const foreign2023 = {
  kind: 'foreign-2023',
  name: 'FITZGERALD-MONTGOMERY, ALEXANDRA VICTORIA',
  chineseName: '',
  sex: 'female',
  number: withCheck('91184019800101001'),
  nationality: 'USA',
  birth: '1980-01-01',
  validFrom: '2024-05-06',
  validTo: '2034-05-05',
  renewals: '00',
  previousNumber: '110',
} as const satisfies CardTextInput;

function withCheck(first17: string): string {
  return first17 + checkCharacter(first17);
}

/** The block of a card with some units overwritten, by hand and not by our encoder. */
function blockWith(card: CardTextInput, at: number, text: string): Uint8Array {
  const block = encodeCardText(card);
  block.set(Buffer.from(text, 'utf16le'), at);
  return block;
}

describe('layouts', () => {
  it.each(Object.entries(LAYOUTS))('%s fills the 256 bytes', (_kind, rows) => {
    expect(rows.reduce((sum, [, units]) => sum + units, 0)).toBe(TEXT_UNITS);
  });
});

describe('a resident card, byte by byte', () => {
  const block = new Uint8Array(256);
  const put = (at: number, text: string): void => block.set(Buffer.from(text, 'utf16le'), at);
  put(0, '张三'.padEnd(15));
  put(30, '2');
  put(32, '01');
  put(36, '19491231');
  put(52, '北京市东城区某街1号'.padEnd(35));
  put(122, '11010519491231002X');
  put(158, '北京市公安局东城分局'.padEnd(15));
  put(188, '20100601');
  put(204, '长期'.padEnd(8));

  it('is read, with zeros in the reserved space', () => {
    expect(parseCardText(block)).toEqual({ ok: true, card: resident });
  });

  it('is written the same, with spaces there', () => {
    expect(encodeCardText(resident).subarray(0, 220)).toEqual(block.subarray(0, 220));
  });
});

describe('the other kinds', () => {
  it.each([
    ['HK/Macau/Taiwan residence permit', permit, 'J'],
    ['foreign permanent resident', foreign, 'I'],
    ['foreign permanent resident, 2023', foreign2023, 'Y'],
  ])('%s carries its mark and comes back', (_name, card, mark) => {
    const block = encodeCardText(card);
    expect(Buffer.from(block.subarray(248, 250)).toString('utf16le')).toBe(mark);
    expect(parseCardText(block)).toEqual({ ok: true, card });
  });

  it.each([
    ['a private character, of a font of the police', { name: '张\ue815' }],
    ['an ideograph beyond the first 65,536', { name: '张𠮷' }],
    ['an ideograph that this Unicode does not know yet', { name: '张\u{3347a}' }],
    ['a name of another script', { name: '阿卜杜热合曼·买买提' }],
    ['a people that the standard does not number', { nation: '97' }],
  ])('takes %s', (_name, part) => {
    const card = { ...resident, ...part };
    expect(parseCardText(encodeCardText(card))).toEqual({ ok: true, card });
  });

  it('takes an unknown mark for a resident card', () => {
    expect(parseCardText(blockWith(resident, 248, 'Q'))).toMatchObject({ ok: true, card: { kind: 'resident' } });
  });
});

describe('what no card can say', () => {
  it.each([
    ['a day that is none', blockWith(resident, 36, '19490231'), 'birth'],
    ['letters for a date', blockWith(resident, 188, 'ABCDEFGH'), 'validFrom'],
    ['an end before the beginning', blockWith(resident, 204, '20000101'), 'validTo'],
    ['a sex that is no digit', blockWith(resident, 30, 'x'), 'sex'],
    ['a wrong check character', blockWith(resident, 122 + 34, '1'), 'number'],
    ['no name', blockWith(resident, 0, ' '.repeat(15)), 'name'],
    ['a control character in the name', blockWith(resident, 2, '\u0007'), 'name'],
    ['half a character in the name', blockWith(resident, 2, '\ud840'), 'name'],
    ['a code point that stands for nothing in the name', blockWith(resident, 2, '\uffff'), 'name'],
    ['a break of lines in the address', blockWith(resident, 54, '\u2028'), 'address'],
    ['an ethnic group without a number', blockWith(resident, 32, '00'), 'nation'],
    ['an ethnic group that is no number', blockWith(resident, 32, '汉 '), 'nation'],
    ['an end that is neither a day nor 长期', blockWith(resident, 204, '长久'), 'validTo'],
    ['an old number without its country', blockWith(foreign, 122, '110'), 'number'],
    ['a nationality that is no country', blockWith(foreign, 152, '1SA'), 'nationality'],
    ['a residence permit whose mark was lost', blockWith(permit, 248, ' '), 'nation'],
    [
      'a 2023 card whose mark was lost',
      blockWith({ ...foreign2023, chineseName: '费', renewals: '05' }, 248, ' '),
      'number',
    ],
    ['a residence permit with a mainland number', blockWith(permit, 122, '11010519491231002X'), 'number'],
    ['a 2023 card whose number does not begin with 9', blockWith(foreign2023, 128, '11010519491231002X'), 'number'],
  ])('%s', (_name, block, field) => {
    expect(parseCardText(block)).toMatchObject({ ok: false, fault: 'text-field', field });
  });

  it('a fault says where, never what', () => {
    expect(JSON.stringify(parseCardText(blockWith(resident, 122 + 34, '1')))).not.toMatch(/1101|张三/);
  });

  it.each([0, 255, 257])('%i bytes', (length) => {
    expect(parseCardText(new Uint8Array(length))).toEqual({ ok: false, fault: 'text-length', bytes: length });
  });

  it('arbitrary blocks never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), (block) => {
        expect(parseCardText(block).ok).toBe(false);
      }),
    );
  });

  it('is not written either', () => {
    expect(() => encodeCardText({ ...resident, name: '一'.repeat(16) })).toThrow();
  });
});

const text = (max: number, min = 0) =>
  fc
    .string({ unit: fc.constantFrom(...'张三李𠀀é·AZaz09 -,'), minLength: min, maxLength: max })
    .map((value) => value.trim())
    .filter((value) => value.length >= min && value.length <= max);
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const number = (region: fc.Arbitrary<string>) =>
  fc.tuple(region, day, digits(3)).map(([code, born, serial]) => withCheck(code + born.replaceAll('-', '') + serial));
const common = {
  sex: fc.constantFrom('unknown' as const, 'male' as const, 'female' as const, 'unstated' as const),
  birth: day,
};
const validity = fc
  .tuple(day, fc.option(day, { nil: 'long-term' as const }))
  .map(([a, b]) => (b !== 'long-term' && b < a ? { validFrom: b, validTo: a } : { validFrom: a, validTo: b }));
const country = fc.constantFrom('USA', 'FRA', 'JPN');

const cards: fc.Arbitrary<CardTextInput> = fc
  .tuple(
    validity,
    fc.oneof(
      fc.record({
        kind: fc.constant('resident' as const),
        name: text(15, 1),
        ...common,
        nation: digits(2).filter((nation) => nation !== '00'),
        address: text(35),
        number: number(fc.constantFrom('110105', '310115', '650102')),
        issuer: text(15),
      }),
      fc.record({
        kind: fc.constant('residence-permit' as const),
        name: text(15, 1),
        ...common,
        address: text(35),
        number: number(fc.constantFrom('810000', '820000', '830000')),
        issuer: text(15),
        passNumber: digits(9),
        issueCount: digits(2),
      }),
      fc.record({
        kind: fc.constant('foreign' as const),
        name: text(60, 1),
        chineseName: text(15),
        ...common,
        number: fc.tuple(country, digits(12)).map(([code, rest]) => code + rest),
        nationality: country,
        version: digits(2),
        authority: digits(4),
      }),
      fc.record({
        kind: fc.constant('foreign-2023' as const),
        name: text(46, 1),
        chineseName: text(15),
        ...common,
        number: number(fc.constantFrom('911840', '931250')),
        nationality: country,
        renewals: digits(2),
        previousNumber: digits(3),
      }),
    ),
  )
  .map(([dates, card]) => ({ ...card, ...dates }) as CardTextInput);

it('every card comes back as it was written', () => {
  fc.assert(
    fc.property(cards, (card) => {
      expect(parseCardText(encodeCardText(card))).toEqual({ ok: true, card });
    }),
    { numRuns: 300 },
  );
});

it('bytes put into a text make nobody else of its holder', () => {
  let readable = 0;
  const inside = fc.uint8Array({ minLength: 1, maxLength: 60 });
  const who = ({ kind, name, sex, birth, number, validFrom, validTo }: CardTextInput) =>
    [kind, name, sex, birth, number, validFrom, validTo].join();
  fc.assert(
    fc.property(cards, fc.nat(255), inside, (card, at, bytes) => {
      const block = encodeCardText(card);
      const shifted = Buffer.concat([block.subarray(0, at), bytes, block.subarray(at)]).subarray(0, block.length);
      const parsed = parseCardText(shifted);
      if (!parsed.ok) return;
      readable += 1;
      expect(who(parsed.card)).toBe(who(card));
    }),
    { numRuns: 500 },
  );
  expect(readable).toBeGreaterThan(0);
});
