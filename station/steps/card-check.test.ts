import { describe, expect, it } from 'vitest';
import { instant } from '../../contract/words/ids.ts';
import { cardOf, WANG } from '../station.fixture.ts';
import { cardDoubts } from './card-check.ts';

const at = (iso: string) => instant(new Date(iso));
const NOON = at('2026-03-04T04:00:00Z');

describe('a card', () => {
  it('that says what the roster says has no doubts', () => {
    expect(cardDoubts(cardOf(WANG), WANG, NOON)).toEqual([]);
    expect(cardDoubts(cardOf(WANG, { names: [{ text: '王 试 验', room: 15 }] }), WANG, NOON)).toEqual([]);
  });

  it.each([
    ['of another name', { names: [{ text: '王冒名', room: 15 }] }, 'card-name-differs'],
    ['with a character nobody can read', { names: [{ text: '王试\u{e000}', room: 15 }] }, 'card-name-unsure'],
    ['of another birthday than its number', { birthDate: '1949-12-30' }, 'card-birth-differs'],
    ['that was valid until yesterday', { validTo: '2026-03-03' }, 'card-expired'],
    ['that will be valid tomorrow', { validFrom: '2026-03-05' }, 'card-not-yet-valid'],
  ] as const)('%s', (_, changes, doubt) => {
    expect(cardDoubts(cardOf(WANG, changes), WANG, NOON)).toEqual([doubt]);
  });

  it('may have several', () => {
    const card = cardOf(WANG, {
      names: [{ text: '王冒名', room: 15 }],
      validFrom: '2005-01-01',
      validTo: '2015-01-01',
    });
    expect(cardDoubts(card, WANG, NOON)).toEqual(['card-name-differs', 'card-expired']);
  });

  it('is valid to the end of its last day, and from the beginning of its first, in China', () => {
    const card = cardOf(WANG, { validFrom: '2026-03-04', validTo: '2026-03-04' });
    const doubtsAt = (iso: string) => cardDoubts(card, WANG, at(iso));
    expect(doubtsAt('2026-03-03T15:59:59Z')).toEqual(['card-not-yet-valid']);
    expect(doubtsAt('2026-03-03T16:00:00Z')).toEqual([]);
    expect(doubtsAt('2026-03-04T15:59:59Z')).toEqual([]);
    expect(doubtsAt('2026-03-04T16:00:00Z')).toEqual(['card-expired']);
  });

  it('of a foreigner is that of whoever has one of its names', () => {
    const card = cardOf(WANG, {
      names: [
        { text: 'PUBLIC JOHN', room: 60 },
        { text: '约翰', room: 15 },
      ],
    });
    const doubtsOf = (name: string) => cardDoubts(card, { ...WANG, name }, NOON);
    expect([doubtsOf('John Public'), doubtsOf('约翰'), doubtsOf('玛丽')]).toEqual([[], [], ['card-name-differs']]);
  });

  it('is not asked for a birthday by a number that says none', () => {
    expect(cardDoubts(cardOf(WANG), { ...WANG, number: 'USA110080080110' }, NOON)).toEqual([]);
  });
});
