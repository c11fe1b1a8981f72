import { describe, expect, it } from 'vitest';
import { checkCharacter } from '../../contract/words/citizen-number.ts';
import { encodeCardText, parseCardText } from '../../native/card/card-text.ts';
import { saidBy } from './card-said.ts';

const withCheck = (first17: string): string => first17 + checkCharacter(first17);
const said = (input: Parameters<typeof encodeCardText>[0]) => {
  const read = parseCardText(encodeCardText(input));
  if (!read.ok) throw new Error(JSON.stringify(read));
  return saidBy(read.card);
};
const COMMON = { sex: 'male', birth: '1980-08-01', validFrom: '2020-01-01', validTo: 'long-term' } as const;

describe('what the station asks of a card', () => {
  it('is its number, its name with the room it has, and how long it is valid', () => {
    const number = '11010519491231002X';
    const card = { ...COMMON, birth: '1949-12-31', nation: '01', address: '', issuer: '' };
    expect(said({ kind: 'resident', name: '王试验', number, ...card })).toEqual({
      ...{ numbers: [number], names: [{ text: '王试验', room: 15 }] },
      ...{ birthDate: '1949-12-31', validFrom: '2020-01-01', validTo: 'long-term' },
    });
  });

  it.each([
    ['H12345678', '810000', 'hong-kong-macau:H12345678'],
    ['12345678', '830000', 'taiwan:12345678'],
  ])('is also the number of the travel permit %s', (passNumber, region, id) => {
    const number = withCheck(`${region}19800801001`);
    const permit = { ...COMMON, name: '陈某', number, address: '', issuer: '', passNumber, issueCount: '01' };
    expect(said({ kind: 'residence-permit', ...permit }).numbers).toEqual([number, id]);
    expect(said({ kind: 'residence-permit', ...permit, passNumber: '' }).numbers).toEqual([number]);
  });

  it('is both names of a foreigner, of the cards of both kinds', () => {
    const foreign = { ...COMMON, name: 'PUBLIC JOHN', chineseName: '约翰', nationality: 'USA' };
    const old = said({ kind: 'foreign', ...foreign, number: 'USA110080080110', version: '01', authority: '1500' });
    expect(old).toMatchObject({ numbers: ['USA110080080110'], names: [{ room: 60 }, { text: '约翰', room: 15 }] });
    const number = withCheck('91100119800801001');
    const since2023 = said({ kind: 'foreign-2023', ...foreign, number, renewals: '01', previousNumber: '' });
    expect(since2023).toMatchObject({ numbers: [number], names: [{ text: 'PUBLIC JOHN', room: 46 }, { room: 15 }] });
    expect(
      said({ kind: 'foreign-2023', ...foreign, chineseName: '', number, renewals: '', previousNumber: '' }).names,
    ).toHaveLength(1);
  });
});
